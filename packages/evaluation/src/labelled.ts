/** Embeddings as a plain row-major matrix, one row per example: `[rows, dimensions]`. */
export interface Vectors {
  readonly rows: number;
  readonly dimensions: number;
  readonly data: Float32Array;
}

/** Embeddings with the class of each row, from 0: `labels` is `[rows]`. */
export interface Labelled extends Vectors {
  readonly labels: Int32Array;
}
