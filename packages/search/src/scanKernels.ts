import type { VectorDtype } from "./vectorDtype.ts";
import { wasm, type Code } from "./wasm.ts";

/** What the scan does differently per dtype, step by step; a step takes 16 bytes of a query. */
export interface ScanKernel {
  /** Bytes of a row that a step takes. */
  readonly rowStep: 8 | 16;
  /** Steps in a round of the loop; a row is a whole number of rounds. */
  readonly unrolled: 1 | 4;
  /** What a step takes of a row, in the form of a query's. */
  readonly load: (row: Code, offset: number) => Code;
  /** What a step adds to the sums, in four lanes. */
  readonly multiply: (row: Code, query: Code) => Code;
  readonly add: (a: Code, b: Code) => Code;
  /** The scores of four rows, from their sums and the address of their scales. */
  readonly scores: (sums: Code, scales: Code) => Code;
}

const { v128, i8x16, i16x8, i32x4, f32x4 } = wasm;

/**
 * float32: `scale <query, row>`; the scale is `1 / |row|`.
 * int8: the same in integers, exactly, the query in 16 bits; the scale is the row's step over its length.
 * binary: minus the Hamming distance of the signs.
 */
export const scanKernels: Readonly<Record<VectorDtype, ScanKernel>> = {
  float32: {
    rowStep: 16,
    unrolled: 4,
    load: v128.load,
    multiply: f32x4.mul,
    add: f32x4.add,
    scores: (sums, scales) => f32x4.mul(sums, v128.load(scales)),
  },
  int8: {
    rowStep: 8,
    unrolled: 4,
    load: v128.load8x8S,
    multiply: i32x4.dot,
    add: i32x4.add,
    scores: (sums, scales) => f32x4.mul(f32x4.convertS(sums), v128.load(scales)),
  },
  binary: {
    rowStep: 16,
    unrolled: 1,
    load: v128.load,
    multiply: (row, query) => i32x4.extaddPairwiseU(i16x8.extaddPairwiseU(i8x16.popcnt(v128.xor(row, query)))),
    add: i32x4.add,
    scores: (sums) => f32x4.neg(f32x4.convertS(sums)),
  },
};
