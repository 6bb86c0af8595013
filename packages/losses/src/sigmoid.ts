import { normalize, tf } from "@nearfar/tensor";
import type { Columns } from "./columns.ts";
import { mask } from "./mask.ts";
import { pairGroups } from "./pairGroups.ts";
import { requireTemperature } from "./requireTemperature.ts";

export interface SigmoidOptions {
  /** A label per left, int32 `[n]`: what has one label belongs together, all its lefts and their rights. Without it each left is its own. */
  groups?: Columns;
  /** Learned: `tf.exp(tf.neg(logScale))`, the parameter `logScale` starting at ln 10. */
  temperature?: number | tf.Scalar;
  /** What is added to each logit: a number, or a scalar tensor that learns. */
  bias?: number | tf.Scalar;
}

/**
 * The loss of SigLIP: each left and each right are judged by themselves, whether they belong together; cosine similarity, in nats per left.
 *
 * `-1/n Σ_ij log σ(z_ij (s_ij / T + bias))`, z_ij 1 where i and j belong together, -1 elsewhere. Left `[n, d]`, right `[m, d]`, m a whole multiple
 * of n: right j belongs to left j mod n; any lengths. Throws RangeError where shapes do not meet.
 * Source: Zhai et al. 2023, eq. 1 and algorithm 1; temperature 1/10 and bias -10 are where theirs and mlfoundations/open_clip's start.
 */
export function sigmoid(
  left: tf.Tensor2D,
  right: tf.Tensor2D,
  { groups, temperature = 0.1, bias = -10 }: SigmoidOptions = {},
): tf.Scalar {
  const of = pairGroups("sigmoid", left, right, groups);
  requireTemperature("sigmoid", temperature);
  const [n, m] = [left.shape[0], right.shape[0]];
  const queries: tf.Tensor2D = tf.div(normalize(left), temperature); // divided here, where there are n d numbers, not n m
  const logits = tf.add(tf.matMul(queries, normalize(right), false, true), bias); // [n, m]
  const apart = tf.sub(1, mask("groups", { anchors: of.left, candidates: of.right }, [n, m], 2)); // [n, m], -z
  return tf.div(tf.sum(tf.softplus(tf.mul(logits, apart))), n); // -log σ(x) = softplus(-x)
}
