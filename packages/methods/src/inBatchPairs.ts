import { inBatch, type EmbeddingsLoss } from "@nearfar/losses";
import { tf } from "@nearfar/tensor";
import { columnsMethod, type ColumnsMethodOptions } from "./columnsMethod.ts";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";
import type { Method } from "./method.ts";
import type { TextColumns } from "./textColumns.ts";

export interface InBatchPairsOptions extends ColumnsMethodOptions {
  readonly temperature?: number;
  /** 1: an anchor finds its positive. 2: a positive finds its anchor as well, and the loss is the mean of both. */
  readonly directions?: 1 | 2;
}

/**
 * Pairs with the negatives of the batch: a question and its answer, a title and its text, two duplicates. Henderson et al. 2017, section 4.4.
 *
 * A batch has two columns, anchors and positives, or three and more: hard negatives, one per anchor in each, which compete for every anchor.
 * They do not look back: from a positive to its anchor only the other anchors compete. Temperature 0.05 is sentence-transformers'
 * (`MultipleNegativesRankingLoss`, scale 20; both directions as its `MultipleNegativesSymmetricRankingLoss`).
 */
export function inBatchPairs({
  temperature = 0.05,
  directions = 1,
  ...parts
}: InBatchPairsOptions): Method<TextColumns, ColumnEmbeddings> {
  const there: EmbeddingsLoss = (anchors, positives, ...hard) => inBatch(anchors!, positives!, { hard, temperature });
  const both: EmbeddingsLoss = (anchors, positives, ...hard) =>
    tf.mul(tf.add(there(anchors!, positives!, ...hard), there(positives!, anchors!)), 0.5);
  return columnsMethod(parts, {
    name: "in-batch-pairs",
    columns: { least: 2 },
    loss: directions === 2 ? both : there,
    // n (columns - 1) candidates there, n back
    chance: (n, columns) => Math.log(n) + Math.log(columns - 1) / directions,
  });
}
