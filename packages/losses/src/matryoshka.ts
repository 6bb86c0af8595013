import { normalize, tf } from "@nearfar/tensor";

export interface MatryoshkaOptions {
  /** How much each prefix counts, one per number of dimensions; 1 unless told. */
  weights?: readonly number[];
}

/** A loss of embeddings, all `[n, d]`. */
export type EmbeddingsLoss = (...embeddings: tf.Tensor2D[]) => tf.Scalar;

/**
 * Matryoshka representation learning: a loss that the first dimensions of embeddings meet too, so that vectors may be cut short.
 *
 * `Σ_k weight_k · loss(x[:, :d_k] / |x[:, :d_k]|, ...)`. Name the full width among the dimensions, or it is not trained. Throws RangeError
 * for dimensions that are not whole, above 0 and at most d, and unless there is a weight for each.
 * Source: Kusupati et al. 2022, eq. 1; sentence-transformers' `MatryoshkaLoss`, weights 1.
 */
export function matryoshka(
  loss: EmbeddingsLoss,
  dimensions: readonly number[],
  { weights = dimensions.map(() => 1) }: MatryoshkaOptions = {},
): EmbeddingsLoss {
  if (dimensions.length === 0 || !dimensions.every((d) => Number.isSafeInteger(d) && d > 0))
    throw new RangeError(`matryoshka: dimensions are whole and above 0, at least one; got [${dimensions.join(", ")}].`);
  if (weights.length !== dimensions.length)
    throw new RangeError(`matryoshka: one weight for each of ${dimensions.length} dimensions; got ${weights.length}.`);
  return (...embeddings) => {
    const parts = dimensions.map((d, k) => tf.mul(loss(...embeddings.map((x) => prefix(x, d))), weights[k]!));
    return tf.addN(parts) as tf.Scalar;
  };
}

function prefix(embeddings: tf.Tensor2D, d: number): tf.Tensor2D {
  const [n, all] = embeddings.shape;
  if (d > all) throw new RangeError(`matryoshka: embeddings have ${all} dimensions; got a prefix of ${d}.`);
  return normalize(tf.slice(embeddings, [0, 0], [n, d])); // [n, d_k]
}
