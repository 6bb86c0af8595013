/** An example of a table of texts. */
export interface TextExample {
  /** The text alone; anchor, positive and negatives; or the two sentences of a score. */
  readonly texts: readonly string[];
  /** How alike the two are, from 0 to 1, where `kind` is "scored". */
  readonly score?: number;
  /** The class, where `kind` is "labelled". */
  readonly label?: string;
  /** Neighbours in one document stand one after the other: a block of a `.txt` file, or a cell of the document's column. */
  readonly document?: string;
  readonly file: string;
  /** The line, or in parquet the row; from 1. */
  readonly row: number;
}
