import type { tf } from "@nearfar/tensor";
import { cosines } from "./cosines.ts";
import { rankPairs } from "./rankPairs.ts";
import { requireScores } from "./requireScores.ts";

export interface CosentOptions {
  temperature?: number | tf.Scalar;
}

/**
 * CoSENT: of any two pairs of sentences the one with the higher score has the higher cosine; only the order of scores counts.
 *
 * `log( 1 + Σ_{score_i > score_j} exp((cos_j - cos_i) / T) )`. Both sides `[n, d]`, row i one pair, any lengths; scores `[n]`, of any scale.
 * Equal embeddings give ln(1 + the number of pairs of pairs with different scores). Throws RangeError where shapes do not meet.
 * Source: Su 2022, "CoSENT"; sentence-transformers' `CoSENTLoss` sets scale 20, temperature 0.05.
 */
export function cosent(
  left: tf.Tensor2D,
  right: tf.Tensor2D,
  scores: tf.Tensor1D,
  { temperature = 0.05 }: CosentOptions = {},
): tf.Scalar {
  requireScores("cosent", left, right, scores);
  return rankPairs("cosent", cosines(left, right), scores, temperature);
}
