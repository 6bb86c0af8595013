import { softmaxCrossEntropy, tf } from "@nearfar/tensor";
import { columns } from "./columns.ts";
import type { Columns } from "./columns.ts";
import { mask } from "./mask.ts";
import type { Groups, Pattern } from "./mask.ts";
import { requireTemperature } from "./requireTemperature.ts";

export interface InfoNceOptions {
  /**
   * The right candidate: one column per anchor; or groups: every candidate of the anchor's group; or a distribution over the candidates per anchor,
   * `[n, m]`, rows sum to 1. Give this or `own`.
   */
  positive?: Pattern | tf.Tensor2D;
  /** One more candidate per anchor, `[n, d]`, that only this anchor sees. It is the positive. */
  own?: tf.Tensor2D;
  /** Candidates that do not compete: one column per anchor (-1: none), or every candidate of the anchor's group. */
  excluded?: Pattern;
  /** Logarithm of a candidate's weight, `[m]`, or of its weight for one anchor, `[n, m]`; it is added to the logits. */
  bias?: tf.Tensor1D | tf.Tensor2D;
  /** What similarities are divided by: a number, or a scalar tensor that may learn. */
  temperature?: number | tf.Scalar;
}

/**
 * InfoNCE: softmax cross-entropy in which the classes are the candidates; the mean over the anchors, in nats.
 *
 * `mean_i mean_{p in P(i)} -log( exp(l_ip) / Σ_{j not excluded} exp(l_ij) )`, `l = anchors · candidatesᵀ / temperature + bias`.
 * P(i) is one candidate, or with groups all of the anchor's group that are not excluded. An anchor whose group has none is left out of
 * the mean (the paper has no such anchor); without any anchor left the loss is 0. Of a distribution p it is `Σ_j p_ij (...)`, and no gradient
 * flows to it.
 * Anchors `[n, d]` and candidates `[m, d]` are taken as they are: the adapters normalise.
 *
 * Throws RangeError where shapes do not meet, unless exactly one of `positive` and `own` is given, and for a temperature of 1e-8 or less.
 * Source: van den Oord et al. 2018, eq. 4; several positives: Khosla et al. 2020, eq. 2.
 */
export function infoNce(
  anchors: tf.Tensor2D,
  candidates: tf.Tensor2D,
  { positive, own, excluded, bias, temperature = 1 }: InfoNceOptions = {},
): tf.Scalar {
  if (!positive === !own)
    throw new RangeError(`infoNce: the positive is either positive or own; got ${own ? "both" : "neither"}.`);
  requireShapes(anchors, candidates, own, bias);
  requireTemperature("infoNce", temperature);
  const [n, m] = [anchors.shape[0], candidates.shape[0]];
  const queries = tf.div(anchors, temperature) as tf.Tensor2D; // divided here, where there are n d numbers, not n m
  const far = excluded && mask("excluded", excluded, [n, m], FAR);
  let logits: tf.Tensor2D = tf.matMul(queries, candidates, false, true); // [n, m]
  if (bias) logits = tf.add(logits, bias);
  if (far) logits = tf.add(logits, far);
  if (positive && isDistribution(positive)) return tf.mean(softmaxCrossEntropy(logits, positive));
  if (positive) return "anchors" in positive ? severalPositives(logits, positive, far) : onePositive(logits, positive);
  const ownLogit: tf.Tensor2D = tf.sum(tf.mul(queries, own!), 1, true); // [n, 1]
  return onePositive(tf.concat([ownLogit, logits], 1), new Array<number>(n).fill(0)); // [n, 1 + m]
}

/** Finite, so that no gradient is NaN; so far that float32's exp is exactly 0. */
const FAR = -1e9;

const isDistribution = (positive: Pattern | tf.Tensor2D): positive is tf.Tensor2D =>
  positive instanceof tf.Tensor && positive.rank === 2;

function onePositive(logits: tf.Tensor2D, positive: Columns): tf.Scalar {
  return tf.mean(softmaxCrossEntropy(logits, columns("positive", positive, logits.shape[0])));
}

function severalPositives(logits: tf.Tensor2D, groups: Groups, far?: tf.Tensor2D): tf.Scalar {
  let positives = mask("positive", groups, logits.shape, 1); // [n, m]
  if (far) positives = tf.mul(positives, tf.cast(tf.equal(far, 0), "float32"));
  const counts = tf.sum(positives, 1); // [n]
  const labels: tf.Tensor2D = tf.div(positives, tf.expandDims(tf.maximum(counts, 1), 1)); // [n, m]
  const taken = tf.minimum(counts, 1); // [n], 0 for an anchor without a positive
  const losses = tf.mul(softmaxCrossEntropy(logits, labels), taken);
  return tf.div(tf.sum(losses), tf.maximum(tf.sum(taken), 1));
}

function requireShapes(anchors: tf.Tensor2D, candidates: tf.Tensor2D, own?: tf.Tensor2D, bias?: tf.Tensor): void {
  const [n, d] = anchors.shape;
  const m = candidates.shape[0];
  if (n === 0 || candidates.shape[1] !== d)
    throw new RangeError(
      `infoNce: anchors [n, d], at least one, and candidates [m, d] share d; got [${anchors.shape}] and [${candidates.shape}].`,
    );
  if (own && `${own.shape}` !== `${anchors.shape}`)
    throw new RangeError(`infoNce: own needs one row per anchor; got [${own.shape}] for anchors [${anchors.shape}].`);
  if (bias && `${bias.shape}` !== `${m}` && `${bias.shape}` !== `${n},${m}`)
    throw new RangeError(`infoNce: bias is [${m}], one per candidate, or [${n}, ${m}]; got [${bias.shape}].`);
}
