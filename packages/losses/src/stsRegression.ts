import { tf } from "@nearfar/tensor";
import { cosines } from "./cosines.ts";
import { requireScores } from "./requireScores.ts";

/**
 * Regression of similarity: the cosine of a pair is its score; the mean of the squared errors.
 *
 * `mean_i (cos_i - score_i)²`. Both sides `[n, d]`, row i one pair, any lengths; scores `[n]` on the scale of a cosine: divide STS's 0 to 5 by 5.
 * Throws RangeError where shapes do not meet.
 * Source: Reimers and Gurevych 2019, section 3; sentence-transformers' `CosineSimilarityLoss`.
 */
export function stsRegression(left: tf.Tensor2D, right: tf.Tensor2D, scores: tf.Tensor1D): tf.Scalar {
  requireScores("stsRegression", left, right, scores);
  return tf.mean(tf.square(tf.sub(cosines(left, right), scores)));
}
