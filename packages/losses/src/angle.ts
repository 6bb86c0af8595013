import { normalize, tf } from "@nearfar/tensor";
import { rankPairs } from "./rankPairs.ts";
import { requireScores } from "./requireScores.ts";

export interface AngleOptions {
  temperature?: number | tf.Scalar;
}

/**
 * AnglE: as `cosent`, by the angle of embeddings in complex space, whose gradient does not vanish where a cosine saturates.
 *
 * `log( 1 + Σ_{score_i > score_j} exp((a_j - a_i) / T) )`, `a = |Re(z) + Im(z)|`, `z = Σ_k x_k · conj(y_k)`, the first half of a row of length 1
 * being the real parts, the second half the imaginary ones. Both sides `[n, d]`, scores `[n]`.
 * Throws RangeError where shapes do not meet, or d is odd.
 * Source: Li and Li 2023, section 3; sentence-transformers' `AnglELoss` sets scale 20, temperature 0.05.
 */
export function angle(
  left: tf.Tensor2D,
  right: tf.Tensor2D,
  scores: tf.Tensor1D,
  { temperature = 0.05 }: AngleOptions = {},
): tf.Scalar {
  requireScores("angle", left, right, scores);
  const d = left.shape[1];
  if (d % 2 !== 0)
    throw new RangeError(`angle: half of the dimensions are real, half imaginary; got ${d}. Is a dimension missing?`);
  const [x, y] = [normalize(left), normalize(right)]; // [n, d]
  const [re, im] = tf.split(x, 2, 1) as [tf.Tensor2D, tf.Tensor2D]; // [n, d / 2] each
  const turned = tf.concat([im, tf.neg(re)], 1); // [n, d]: its product with y is the imaginary part
  const angles = tf.abs(tf.sum(tf.mul(tf.add(x, turned), y), 1)) as tf.Tensor1D; // [n]
  return rankPairs("angle", angles, scores, temperature);
}
