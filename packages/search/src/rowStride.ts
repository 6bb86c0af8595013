import { scanKernels } from "./scanKernels.ts";
import type { VectorDtype } from "./vectorDtype.ts";

/** Bytes from one row of an index to the next: what its numbers take, up to a whole number of rounds of the scan's loop. */
export function rowStride(dtype: VectorDtype, dimensions: number): number {
  const { rowStep, unrolled } = scanKernels[dtype];
  const round = rowStep * unrolled;
  return round * Math.ceil((dimensions * BITS[dtype]) / 8 / round);
}

const BITS = { float32: 32, int8: 8, binary: 1 } as const;
