import { npyHeader } from "./npyHeader.ts";
import type { NpyDtype } from "./npyTypes.ts";

export type NpyData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/**
 * The bytes of an npy file (version 1.0), equal to numpy's; `data` is in C order.
 * Throws if the number of elements is not the product of `shape`.
 */
export function writeNpy(data: NpyData, shape: readonly number[]): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.length !== count) {
    throw new Error(`writeNpy: shape [${shape.join(", ")}] needs ${count} elements; got ${data.length}`);
  }
  return Buffer.concat([
    npyHeader(dtypeOf(data), shape),
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
}

function dtypeOf(data: NpyData): NpyDtype {
  if (data instanceof Float32Array) return "F32";
  if (data instanceof Float64Array) return "F64";
  if (data instanceof Int32Array) return "I32";
  return data instanceof BigInt64Array ? "I64" : "U8";
}
