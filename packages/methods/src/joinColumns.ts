import { type Tensor2D, tf } from "@nearfar/tensor";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";

/** Columns as one tensor again, column after column, `[columns n, d]`: how losses take several captions of a picture. Yang et al. 2022, section 3. */
export function joinColumns(columns: ColumnEmbeddings): Tensor2D {
  return tf.concat(Object.values<Tensor2D>(columns), 0);
}
