import { inBatch } from "@nearfar/losses";
import { columnsMethod, type ColumnsMethodOptions } from "./columnsMethod.ts";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";
import type { Method } from "./method.ts";
import type { TextColumns } from "./textColumns.ts";

export interface SimcseSupervisedOptions extends ColumnsMethodOptions {
  readonly temperature?: number;
  /** Logarithm of the weight of a sentence's own hard negatives; those of other sentences weigh 1. */
  readonly hardWeight?: number;
}

/**
 * SimCSE, supervised: a sentence finds the one it entails among those of the batch and those that the batch contradicts. Gao et al. 2021, eq. 5.
 *
 * A batch has two columns, sentences and positives, or three and more: hard negatives, one per sentence in each. Temperature 0.05 and weight 0
 * are the authors', princeton-nlp/SimCSE; the weight stands in their appendix.
 */
export function simcseSupervised({
  temperature = 0.05,
  hardWeight = 0,
  ...parts
}: SimcseSupervisedOptions): Method<TextColumns, ColumnEmbeddings> {
  return columnsMethod(parts, {
    name: "simcse-supervised",
    columns: { least: 2 },
    loss: (anchors, positives, ...hard) => inBatch(anchors!, positives!, { hard, hardWeight, temperature }),
    // n positives, and of each column n - 1 hard negatives of others and one of its own
    chance: (n, columns) => Math.log(n + (columns - 2) * (n - 1 + Math.exp(hardWeight))),
  });
}
