/** A vector and whose it is: the path of a picture, the id of a sentence. */
export interface VectorRow {
  readonly id: string;
  readonly vector: Float32Array;
}

/** How a row is named in a file. */
export interface VectorOptions {
  /** The name of the field or column that holds the id. */
  idName?: string;
}
