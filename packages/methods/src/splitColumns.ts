import { type Tensor2D, tf } from "@nearfar/tensor";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";

/**
 * Rows `[columns n, d]`, column after column, as one tensor `[n, d]` per column: row i of every column is of example i, whatever their number.
 * Reimers and Gurevych 2019, section 3.
 */
export function splitColumns(rows: Tensor2D, columns: number): ColumnEmbeddings {
  const parts = columns === 1 ? [rows] : (tf.split(rows, columns) as Tensor2D[]); // the engine has no gradient of a split in one
  return Object.fromEntries(parts.map((column, i) => [i, column]));
}
