import { normalize, stopGradient, tf } from "@nearfar/tensor";
import { diagonal } from "./diagonal.ts";
import { exclusion } from "./exclusion.ts";
import { infoNce } from "./infoNce.ts";
import { requirePairs } from "./requirePairs.ts";

export interface GuardedOptions {
  /** What a guide, a model that is not trained, finds of the same texts: anchors, positives and each column of hard negatives, `[n, e]`. */
  guide: readonly tf.Tensor2D[];
  /** Hard negatives, `[n, d]` a column. */
  hard?: readonly tf.Tensor2D[];
  /** A candidate is a false negative where the guide finds it more similar than the positive less this. */
  margin?: number;
  temperature?: number | tf.Scalar;
}

/**
 * Guarded in-batch negatives, the loss of GISTEmbed: as `inBatch`, with all other anchors and positives as negatives too, and without the
 * candidates that a guide finds as similar as the positive: these are false negatives. Cosine similarity, the mean in nats.
 *
 * `mean_i -log( exp(a_i·p_i / T) / Σ (exp(a_i·p_j / T) + exp(a_i·a_j / T) + exp(p_i·p_j / T) + exp(a_i·h_j / T)) )`, the sum without every term
 * whose similarity by the guide is above that of (a_i, p_i) less `margin`, the positive itself aside, and without i itself among anchors and among
 * positives. Anchors, positives and each column of hard negatives `[n, d]`, row i one example; any lengths. No gradient flows to the guide.
 * Throws RangeError where shapes do not meet.
 * Source: Solatorio 2024, section 3; sentence-transformers' `GISTEmbedLoss` sets temperature 0.01, margin 0.
 */
export function guarded(
  anchors: tf.Tensor2D,
  positives: tf.Tensor2D,
  { guide, hard = [], margin = 0, temperature = 0.01 }: GuardedOptions,
): tf.Scalar {
  for (const side of [positives, ...hard])
    requirePairs("guarded", "every column has one row per anchor", anchors, side);
  if (guide.length !== 2 + hard.length)
    throw new RangeError(`guarded: the guide has one side per column, ${2 + hard.length}; got ${guide.length}.`);
  for (const side of guide) requirePairs("guarded", "the guide's columns have one row per anchor", guide[0]!, side);
  if (guide[0]!.shape[0] !== anchors.shape[0])
    throw new RangeError(
      `guarded: the guide has one row per anchor, ${anchors.shape[0]}; got [${guide[0]!.shape.join(", ")}].`,
    );
  const n = anchors.shape[0];
  const [left, right] = joined(anchors, positives, hard); // [n, 2d], [m, 2d]
  const [by, of] = joined(guide[0]!, guide[1]!, guide.slice(2)).map(stopGradient) as [tf.Tensor2D, tf.Tensor2D];
  const found: tf.Tensor2D = tf.matMul(by, of, false, true); // [n, m]
  const own = tf.oneHot(diagonal(n), n, 1, 0, "float32") as tf.Tensor2D; // [n, n]
  const threshold = tf.sub(tf.sum(tf.mul(tf.slice(found, [0, 0], [n, n]), own), 1, true), margin); // [n, 1]
  const others = new Array<tf.Tensor2D>(hard.length).fill(tf.zeros([n, n]));
  const positive = tf.concat([own, tf.zeros<tf.Rank.R2>([n, n]), tf.zeros<tf.Rank.R2>([n, n]), ...others], 1); // [n, m]
  const self = tf.concat([tf.zeros<tf.Rank.R2>([n, n]), own, own, ...others], 1); // [n, m]
  const near = tf.logicalAnd(tf.greater(found, threshold), tf.equal(positive, 0)); // [n, m]
  const bias = exclusion(tf.logicalOr(near, tf.equal(self, 1))) as tf.Tensor2D;
  return infoNce(left, right, { positive: diagonal(n), bias, temperature });
}

/**
 * Rows whose products are the similarities of the formula, so that one core computes them: an anchor is [a_i, p_i], and the candidates are
 * [p_j, 0], [a_j, 0], [0, p_j] and [h_j, 0].
 */
function joined(
  anchors: tf.Tensor2D,
  positives: tf.Tensor2D,
  hard: readonly tf.Tensor2D[],
): [tf.Tensor2D, tf.Tensor2D] {
  const [a, p, ...h] = [anchors, positives, ...hard].map((side) => normalize(side)) as [tf.Tensor2D, tf.Tensor2D];
  const none = tf.zerosLike(a);
  const first = (side: tf.Tensor2D) => tf.concat([side, none], 1);
  const candidates = tf.concat([first(p), first(a), tf.concat([none, p], 1), ...(h as tf.Tensor2D[]).map(first)], 0);
  return [tf.concat([a, p], 1), candidates];
}
