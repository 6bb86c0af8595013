/** Embeddings as a plain row-major matrix, one row per example: `[rows, dimensions]`. */
export interface Vectors {
  readonly rows: number;
  readonly dimensions: number;
  readonly data: Float32Array;
}
