import { ntXent } from "@nearfar/losses";
import { type Tensor2D, tf } from "@nearfar/tensor";
import { columnsMethod, type ColumnsMethodOptions } from "./columnsMethod.ts";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";
import type { Method } from "./method.ts";
import type { TextColumns } from "./textColumns.ts";

export interface DeclutrOptions extends ColumnsMethodOptions {
  readonly temperature?: number;
}

/**
 * DeCLUTR: a span of a document is near the mean of other spans from around it, far from the spans of the rest. Giorgi et al. 2021, section 3.
 *
 * A batch has two columns or more: n anchor spans, then their positives, one per anchor in each column; an anchor's positives are averaged
 * before the loss. Several anchors of one document are examples of their own, each a negative of the other, as the authors have it.
 * Temperature 0.05 is theirs, JohnGiorgi/DeCLUTR, as is the sum with masked language modelling over the anchors: `withMaskedLanguageModel`.
 */
export function declutr({ temperature = 0.05, ...parts }: DeclutrOptions): Method<TextColumns, ColumnEmbeddings> {
  const method = columnsMethod(parts, {
    name: "declutr",
    columns: { least: 2 },
    loss: (anchors, positives) => ntXent(anchors!, positives!, { temperature }),
    chance: (n) => Math.log(2 * n - 1),
  });
  return {
    ...method,
    embed(params, state, batch, mode) {
      const [anchors, ...positives] = Object.values<Tensor2D>(method.embed(params, state, batch, mode));
      return { 0: anchors!, 1: tf.div(tf.addN(positives), positives.length) }; // [n, d] each
    },
  };
}
