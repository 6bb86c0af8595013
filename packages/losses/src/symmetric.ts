import { normalize, tf } from "@nearfar/tensor";
import type { Columns } from "./columns.ts";
import { infoNce } from "./infoNce.ts";
import { pairGroups } from "./pairGroups.ts";

export interface SymmetricOptions {
  /** A label per left, int32 `[n]`: what has one label belongs together, all its lefts and their rights. Without it each left is its own. */
  groups?: Columns;
  /** Learned: `tf.exp(tf.neg(logScale))`, the parameter `logScale` starting at ln(1 / 0.07); the method clamps it to [0, ln 100]. */
  temperature?: number | tf.Scalar;
}

/**
 * The loss of CLIP: each left finds its right among all rights, each right its left among all lefts; cosine similarity, the mean of the two
 * directions in nats.
 *
 * `(infoNce(left, right) + infoNce(right, left)) / 2`. Left `[n, d]`, right `[m, d]`, m a whole multiple of n: right j belongs to left j mod n; any
 * lengths. A left with several rights, or a group, has them all as positives: the mean over them stands outside the logarithm, so that the
 * softmax is to be even over them and none is pushed below another. Collapsed embeddings give (ln n + ln m) / 2.
 * Throws RangeError where shapes do not meet.
 * Source: Radford et al. 2021, figure 3; several positives: Yang et al. 2022 (UniCL), section 3; temperature 0.07 is where
 * mlfoundations/open_clip starts.
 */
export function symmetric(
  left: tf.Tensor2D,
  right: tf.Tensor2D,
  { groups, temperature = 0.07 }: SymmetricOptions = {},
): tf.Scalar {
  const { each, ...of } = pairGroups("symmetric", left, right, groups);
  const [a, b] = [normalize(left), normalize(right)]; // [n, d], [m, d]
  const there = groups || each > 1 ? { anchors: of.left, candidates: of.right } : of.right;
  const back = groups ? { anchors: of.right, candidates: of.left } : of.right; // without groups the left's number is its column
  const found = infoNce(a, b, { positive: there, temperature });
  return tf.mul(tf.add(found, infoNce(b, a, { positive: back, temperature })), 0.5);
}
