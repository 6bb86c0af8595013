import type { VectorDtype } from "./vectorDtype.ts";
import { wasm, type Code } from "./wasm.ts";

/** What the scan does differently per dtype; a row is read 16 bytes a step. */
export interface ScanKernel {
  /** Bytes of a query that go with 16 bytes of a row. */
  readonly queryStep: number;
  /** Steps in a round of the loop, each with sums of its own, so that none waits for another; a row is a whole number of rounds. */
  readonly unrolled: 1 | 2 | 4;
  /** What a step adds to the sums, in four lanes. */
  readonly product: (row: Code, rowOffset: number, query: Code, queryOffset: number) => Code;
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
    queryStep: 16,
    unrolled: 4,
    product: (row, rowOffset, query, queryOffset) =>
      f32x4.mul(v128.load(row, rowOffset), v128.load(query, queryOffset)),
    add: f32x4.add,
    scores: (sums, scales) => f32x4.mul(sums, v128.load(scales)),
  },
  int8: {
    queryStep: 32,
    unrolled: 2,
    product: (row, rowOffset, query, queryOffset) => {
      const dot = (half: 0 | 1) =>
        i32x4.dot(v128.load8x8S(row, rowOffset + 8 * half), v128.load(query, queryOffset + 16 * half));
      return i32x4.add(dot(0), dot(1));
    },
    add: i32x4.add,
    scores: (sums, scales) => f32x4.mul(f32x4.convertS(sums), v128.load(scales)),
  },
  binary: {
    queryStep: 16,
    unrolled: 1,
    product: (row, rowOffset, query, queryOffset) => {
      const bits = i8x16.popcnt(v128.xor(v128.load(row, rowOffset), v128.load(query, queryOffset)));
      return i32x4.extaddPairwiseU(i16x8.extaddPairwiseU(bits));
    },
    add: i32x4.add,
    scores: (sums) => f32x4.neg(f32x4.convertS(sums)),
  },
};
