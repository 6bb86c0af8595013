import { normalize, tf } from "@nearfar/tensor";
import { diagonal } from "./diagonal.ts";
import { infoNce } from "./infoNce.ts";
import { requirePairs } from "./requirePairs.ts";

export interface SymmetricOptions {
  /** Learned: `tf.exp(tf.neg(logScale))`, the parameter `logScale` starting at ln(1 / 0.07); the method clamps it to [0, ln 100]. */
  temperature?: number | tf.Scalar;
}

/**
 * The loss of CLIP: each left finds its right among all rights, each right its left among all lefts; cosine similarity, the mean of the two
 * directions in nats.
 *
 * `(infoNce(left, right) + infoNce(right, left)) / 2`. Both sides `[n, d]`, row i one pair; any lengths. Collapsed embeddings give ln n.
 * Throws RangeError where shapes differ.
 * Source: Radford et al. 2021, figure 3; temperature 0.07 is where mlfoundations/open_clip starts.
 */
export function symmetric(
  left: tf.Tensor2D,
  right: tf.Tensor2D,
  { temperature = 0.07 }: SymmetricOptions = {},
): tf.Scalar {
  requirePairs("symmetric", "both sides need one row per pair", left, right);
  const [a, b] = [normalize(left), normalize(right)]; // [n, d]
  const options = { positive: diagonal(a.shape[0]), temperature };
  return tf.mul(tf.add(infoNce(a, b, options), infoNce(b, a, options)), 0.5);
}
