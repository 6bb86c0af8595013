import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";

/** A gradient as large as its leaf, or that of a table by the rows that were used, each once. */
export type Gradient = Tensor | RowsGradient;

export interface RowsGradient {
  /** Which rows, int32 `[u]`, none twice. */
  readonly indices: Tensor1D;
  /** Their gradients, `[u, d]`; all other rows have 0. */
  readonly values: Tensor2D;
}
