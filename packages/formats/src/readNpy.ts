import { dtypes } from "./dtypes.ts";
import type { NamedArray } from "./namedArray.ts";
import { parseNpyHeader } from "./parseNpyHeader.ts";

/**
 * The array of an npy file (versions 1.0 to 3.0) that is in memory; its data is copied.
 * Float32, float64, int32, int64 and uint8, little-endian, C order; anything else, and a file that is longer or shorter
 * than its header says, is a `UserError` that begins with `where`.
 */
export function readNpy(bytes: Uint8Array, { where = "npy" } = {}): NamedArray {
  const { dtype, shape, start } = parseNpyHeader(bytes.subarray(0, 10_012), bytes.length, where);
  const copy = new Uint8Array(bytes.length - start); // aligned, whatever the offset
  copy.set(bytes.subarray(start));
  return { shape, dtype, data: new dtypes[dtype].array(copy.buffer) };
}
