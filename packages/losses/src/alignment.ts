import { normalize, tf } from "@nearfar/tensor";
import { requirePairs } from "./requirePairs.ts";

/**
 * Alignment: the mean distance of a positive pair on the unit sphere, raised to a power; 0 is best, 4 the most at power 2.
 *
 * `mean_i |x_i - y_i|^power`. Both sides `[n, d]`, row i one pair; any lengths. Throws RangeError where shapes differ.
 * Source: Wang and Isola 2020, section 4.1.1; power 2 as in ssnl/align_uniform.
 */
export function alignment(left: tf.Tensor2D, right: tf.Tensor2D, { power = 2 } = {}): tf.Scalar {
  requirePairs("alignment", "both sides need one row per pair", left, right);
  const squared = tf.sum(tf.square(tf.sub(normalize(left), normalize(right))), 1); // [n]
  if (power === 2) return tf.mean(squared);
  return tf.mean(tf.pow(tf.maximum(squared, 1e-12), power / 2)); // kept from 0, where a root has no gradient
}
