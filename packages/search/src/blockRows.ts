import { rowStride } from "./rowStride.ts";
import type { VectorDtype } from "./vectorDtype.ts";

/** Rows that a block of this many bytes holds, a multiple of 4. */
export function blockRows(dtype: VectorDtype, dimensions: number, bytes: number): number {
  return 4 * Math.max(1, Math.floor(bytes / (rowStride(dtype, dimensions) + 5) / 4));
}
