import type { Vectors } from "@nearfar/formats";

/** Embeddings with the class of each row, from 0: `labels` is `[rows]`. */
export interface Labelled extends Vectors {
  readonly labels: Int32Array;
}
