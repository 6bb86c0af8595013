import { encodeRow } from "./encodeRow.ts";
import { rowStride } from "./rowStride.ts";
import type { VectorDtype } from "./vectorDtype.ts";

/**
 * A query as the scan of this dtype takes it; all its scores are larger or smaller by one factor of its own.
 *
 * For int8 its numbers are 16-bit integers, as large as a sum of d products with 127 leaves room for in 32 bits: 128 times finer than a
 * row's at 256 dimensions.
 */
export function encodeQuery(dtype: VectorDtype, query: Float32Array): Uint8Array {
  const stride = rowStride(dtype, query.length);
  if (dtype !== "int8") {
    const bytes = new Uint8Array(stride);
    encodeRow(dtype, query, bytes);
    return bytes;
  }
  let most = 0;
  for (const value of query) most = Math.max(most, Math.abs(value));
  const room = Math.min(32_767, Math.floor((2 ** 31 - 1) / (127 * query.length)));
  const numbers = new Int16Array(stride);
  if (most > 0) query.forEach((value, i) => (numbers[i] = Math.round((value / most) * room)));
  return new Uint8Array(numbers.buffer);
}
