import { normalize, tf } from "@nearfar/tensor";
import { diagonal } from "./diagonal.ts";
import { mask } from "./mask.ts";

/**
 * Uniformity: how evenly embeddings cover the unit sphere; 0 when all are one point, lower is better.
 *
 * `log mean_{i≠j} exp(-scale |x_i - x_j|²)`. Embeddings `[n, d]` of any lengths, n at least 2; it makes a matrix `[n, n]`, so take a sample
 * of a large set. Throws RangeError for fewer than two rows.
 * Source: Wang and Isola 2020, section 4.1.2; scale 2 as in ssnl/align_uniform.
 */
export function uniformity(embeddings: tf.Tensor2D, { scale = 2 } = {}): tf.Scalar {
  const n = embeddings.shape[0];
  if (n < 2) throw new RangeError(`uniformity: pairs need at least two rows; got [${embeddings.shape}].`);
  const z = normalize(embeddings); // [n, d]
  const squared = tf.sub(2, tf.mul(tf.matMul(z, z, false, true), 2)); // [n, n]
  const self = mask("self", diagonal(n), [n, n], -1e9); // exp makes it 0
  const all = tf.logSumExp(tf.add(tf.mul(squared, -scale), self)) as tf.Scalar;
  return tf.sub(all, Math.log(n * (n - 1)));
}
