import type { Tensor2D } from "@nearfar/tensor";

/** The embeddings of a batch of `TextColumns`, one tensor `[n, d]` per column under its number: 0 the anchors, 1 the positives ... */
export type ColumnEmbeddings = Readonly<Record<number, Tensor2D>>;
