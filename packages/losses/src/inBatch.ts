import { normalize, tf } from "@nearfar/tensor";
import { diagonal } from "./diagonal.ts";
import { infoNce } from "./infoNce.ts";
import { requirePairs } from "./requirePairs.ts";

export interface InBatchOptions {
  /** Hard negatives, one row per anchor; several kinds as a list of columns. Each competes for every anchor. */
  hard?: tf.Tensor2D | readonly tf.Tensor2D[];
  /** Logarithm of the weight of an anchor's own hard negatives; those of other anchors weigh 1. */
  hardWeight?: number;
  temperature?: number | tf.Scalar;
}

/**
 * In-batch negatives, the loss of SimCSE: each anchor finds its positive among the positives of all [and the hard negatives of all]; cosine
 * similarity, one direction, the mean in nats.
 *
 * `mean_i -log( exp(s_ii / T) / (Σ_j exp(s_ij / T) + Σ_j w_ij exp(h_ij / T)) )`, w_ii = exp(hardWeight), otherwise 1.
 * Anchors, positives and each column of hard negatives `[n, d]`, row i of one example; any lengths. Candidates stand as all positives, then
 * each column whole, so that i's positive is column i whatever the number of columns. Collapsed embeddings give ln n without hard negatives.
 * Throws RangeError where shapes differ.
 * Source: Gao et al. 2021, eq. 1 and 5, the weight in the appendix; princeton-nlp/SimCSE sets temperature 0.05 and weight 0.
 */
export function inBatch(
  anchors: tf.Tensor2D,
  positives: tf.Tensor2D,
  { hard = [], hardWeight = 0, temperature = 0.05 }: InBatchOptions = {},
): tf.Scalar {
  requirePairs("inBatch", "positives need one row per anchor", anchors, positives);
  const columns = hard instanceof tf.Tensor ? [hard] : hard;
  for (const column of columns) requirePairs("inBatch", "hard negatives need one row per anchor", anchors, column);
  const n = anchors.shape[0];
  const candidates = normalize(tf.concat([positives, ...columns], 0)); // [n + n columns, d]
  const bias = hardWeight === 0 ? undefined : ownWeight(n, columns.length, hardWeight);
  return infoNce(normalize(anchors), candidates, { positive: diagonal(n), bias, temperature });
}

/** `weight` where a hard negative is the anchor's own, 0 elsewhere. */
function ownWeight(n: number, columns: number, weight: number): tf.Tensor2D {
  const own = tf.oneHot(diagonal(n), n, weight, 0, "float32") as tf.Tensor2D; // [n, n]
  return tf.concat([tf.zeros<tf.Rank.R2>([n, n]), ...new Array<tf.Tensor2D>(columns).fill(own)], 1); // [n, n + n columns]
}
