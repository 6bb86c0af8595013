import { initial, tf } from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";
import { tokenMeans } from "./tokenMeans.ts";
import type { Tokens } from "./tokens.ts";

export interface StaticEmbeddingOptions {
  /** v, the rows of the table: token ids are below it. */
  readonly vocabularySize: number;
  /** d. */
  readonly dimensions?: number;
  /** Of the first weights, N(0, deviation²). */
  readonly deviation?: number;
  /** Fixed weights of the tokens, `[v]`: `frequencyWeights`. */
  readonly weights?: Float32Array;
}

/**
 * The mean of a text's token vectors: a table `[v, d]` and nothing else, the cheap encoder of texts. Packed tokens of n texts -> `[n, d]`.
 *
 *     z_i = 1/|T_i| sum_{t in T_i} w_t e_t,   w_t = 1 without weights
 *
 * The order of tokens does not matter; a text without tokens is 0. In training the gradient comes by the rows
 * used where `mode` collects lookups. The table is `embedding.weight`, from N(0, 1). Source: sentence-transformers 6.2 `StaticEmbedding`, which
 * is PyTorch's `EmbeddingBag`. Weights are an untrained leaf, `embedding.running_token_weight`: `foldWeights` puts them into the table.
 * Throws RangeError for a size below 1, or another number of weights.
 */
export function staticEmbedding({
  vocabularySize,
  dimensions = 256,
  deviation = 1,
  weights,
}: StaticEmbeddingOptions): Encoder<Tokens> {
  for (const size of [vocabularySize, dimensions])
    if (!Number.isSafeInteger(size) || size < 1)
      throw new RangeError(`staticEmbedding: the table has rows and columns; got [${vocabularySize}, ${dimensions}].`);
  if (weights && weights.length !== vocabularySize)
    throw new RangeError(`staticEmbedding: a weight per token; got ${weights.length} for ${vocabularySize} tokens.`);
  return {
    name: "static",
    features: dimensions,
    init(key) {
      const shape = [vocabularySize, dimensions];
      const weight = initial.normal(key.fold("embedding").fold("weight"), shape, { deviation });
      return { embedding: { weight, ...(weights && { running_token_weight: tf.tensor1d(weights) }) } };
    },
    apply: (params, { ids, rows, mask }, mode) => tokenMeans(params, ids, { rows, count: mask.shape[0] }, mode), // [n, d]
  };
}
