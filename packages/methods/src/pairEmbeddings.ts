import type { Tensor1D, Tensor2D } from "@nearfar/tensor";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";

/**
 * What the towers make of a batch, not yet of length 1, and what of the batch the loss needs: pictures `[n, d]`, their texts, one tensor `[n, d]`
 * per caption of a picture, so that micro-batches may be joined row by row; and the pictures' groups, `[n]`.
 */
export type PairEmbeddings = Readonly<{ images: Tensor2D; texts: ColumnEmbeddings; groups?: Tensor1D }>;
