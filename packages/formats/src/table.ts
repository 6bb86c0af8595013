/** A row of a table of texts and numbers. */
export interface TableRow {
  /** The line on which it begins, or in parquet its row; from 1. */
  readonly row: number;
  /** The values of the columns that were asked for, in that order. */
  readonly values: readonly unknown[];
  /** In a `.txt` file the block of lines, between blank ones, that it lies in; from 0. */
  readonly document?: number;
}

/** Rows that were read together. */
export interface TableRows {
  readonly rows: readonly TableRow[];
  /** Blank lines among them, which are no rows. */
  readonly blank: number;
}

/** A file of rows and named columns; it can be read any number of times. */
export interface Table {
  readonly path: string;
  readonly columns: readonly string[];
  /** All rows, by stream; a column that is not there is a `UserError`. */
  read(columns: readonly string[]): AsyncGenerator<TableRows, void, undefined>;
}
