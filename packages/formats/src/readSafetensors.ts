import { dtypes } from "./dtypes.ts";
import type { NamedArray } from "./namedArray.ts";
import { parseSafetensorsHeader } from "./parseSafetensorsHeader.ts";
import { safetensorsHeaderLength } from "./safetensorsHeaderLength.ts";

export interface Safetensors {
  /** In the order of their bytes. */
  readonly tensors: Map<string, NamedArray>;
  readonly metadata: Record<string, string>;
}

/**
 * The tensors of a safetensors file that is in memory; their data is copied.
 *
 * Strict as the format (https://github.com/huggingface/safetensors#format): sizes are checked before anything is
 * allocated; overlap, holes, trailing bytes, duplicate names and unknown types are refused. Each refusal is a
 * `UserError` that begins with `where` and names the tensor.
 */
export function readSafetensors(bytes: Uint8Array, { where = "safetensors" } = {}): Safetensors {
  const start = 8 + safetensorsHeaderLength(bytes.subarray(0, 8), bytes.length, where);
  const header = parseSafetensorsHeader(bytes.subarray(8, start), bytes.length - start, where);
  const tensors = new Map<string, NamedArray>();
  for (const { name, dtype, shape, begin, end } of header.tensors) {
    const copy = new Uint8Array(end - begin); // aligned, whatever the offset in the file
    copy.set(bytes.subarray(start + begin, start + end));
    tensors.set(name, { shape, dtype, data: new dtypes[dtype].array(copy.buffer) });
  }
  return { tensors, metadata: header.metadata };
}
