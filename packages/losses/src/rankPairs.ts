import { softmaxCrossEntropy, tf } from "@nearfar/tensor";
import { exclusion } from "./exclusion.ts";
import { requireTemperature } from "./requireTemperature.ts";

/**
 * How far the order of pairs by similarity is from their order by score: `log( 1 + Σ_{score_i > score_j} exp((s_j - s_i) / T) )`.
 *
 * It is the cross-entropy of one row of 1 + n² candidates: the right one is 0, the others are all pairs of pairs. Similarities and scores
 * `[n]`. Where no two scores differ it is 0.
 */
export function rankPairs(
  name: string,
  similarities: tf.Tensor1D,
  scores: tf.Tensor1D,
  temperature: number | tf.Scalar,
): tf.Scalar {
  requireTemperature(name, temperature);
  const n = scores.shape[0];
  const s: tf.Tensor1D = tf.div(similarities, temperature);
  const wrong = tf.sub(tf.expandDims(s, 0), tf.expandDims(s, 1)); // [n, n], s_j - s_i
  const unranked = tf.lessEqual(tf.expandDims(scores, 1), tf.expandDims(scores, 0)); // [n, n], score_i <= score_j
  const others: tf.Tensor2D = tf.reshape(tf.add(wrong, exclusion(unranked)), [1, n * n]);
  const logits = tf.concat([tf.zeros<tf.Rank.R2>([1, 1]), others], 1); // [1, 1 + n²]
  return tf.reshape(softmaxCrossEntropy(logits, tf.tensor1d([0], "int32")), []) as tf.Scalar;
}
