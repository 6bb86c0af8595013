import { inBatch } from "@nearfar/losses";
import { columnsMethod, type ColumnsMethodOptions } from "./columnsMethod.ts";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";
import type { Method } from "./method.ts";
import type { TextColumns } from "./textColumns.ts";

export interface SimcseOptions extends ColumnsMethodOptions {
  readonly temperature?: number;
}

/**
 * SimCSE, unsupervised: a sentence finds itself under another dropout mask among all sentences of the batch. Gao et al. 2021, eq. 4.
 *
 * A batch has two columns: n sentences and the same n again (or other views of them), so that one pass gives each sentence two masks.
 * Temperature 0.05 and the head in training only (linear and tanh on the first token) are the authors', princeton-nlp/SimCSE.
 */
export function simcse({ temperature = 0.05, ...parts }: SimcseOptions): Method<TextColumns, ColumnEmbeddings> {
  return columnsMethod(parts, {
    name: "simcse",
    columns: { least: 2, most: 2 },
    loss: (first, second) => inBatch(first!, second!, { temperature }),
    chance: (n) => Math.log(n),
  });
}
