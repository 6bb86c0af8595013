import { rowLength } from "./rowLength.ts";
import type { VectorDtype } from "./vectorDtype.ts";

/**
 * Writes a row as an index of this dtype holds it into zeroed bytes, and returns its scale.
 *
 * - float32: the numbers; scale `1 / |x|`
 * - int8: `round(x / step)` with `step = max |x_i| / 127` of this row, so that each number is off by at most `max |x_i| / 254`, and a
 *   cosine by at most `sqrt(d) max |x_i| / (254 |x|)`; scale `step / |x|`
 * - binary: a bit per number, 1 where it is above 0, the lowest bit of a byte first; scale 1
 */
export function encodeRow(dtype: VectorDtype, row: Float32Array, bytes: Uint8Array): number {
  const length = rowLength(row, 0, row.length);
  if (dtype === "float32") {
    new Float32Array(bytes.buffer, bytes.byteOffset, row.length).set(row);
    return 1 / length;
  }
  if (dtype === "binary") {
    for (let i = 0; i < row.length; i++) if (row[i]! > 0) bytes[i >> 3]! |= 1 << (i & 7);
    return 1;
  }
  let most = 0;
  for (let i = 0; i < row.length; i++) most = Math.max(most, Math.abs(row[i]!));
  const perStep = most > 0 ? 127 / most : 0;
  for (let i = 0; i < row.length; i++) bytes[i] = Math.floor(row[i]! * perStep + 0.5) & 255; // two's complement
  return most / 127 / length;
}
