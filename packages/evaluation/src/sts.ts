import type { Vectors } from "@nearfar/formats";
import { correlations, type Correlations } from "./correlations.ts";
import { pairSimilarities, type Similarity } from "./pairSimilarities.ts";

/**
 * Semantic textual similarity: how well the similarities of pairs follow people's scores, for each way to compare. Papers report the
 * Spearman correlation of the cosine, times 100.
 *
 * Both sides `[n, d]`, row i one pair, of score i; the scores' scale does not matter. Correlations are NaN where all similarities or all
 * scores are one. Throws RangeError for malformed vectors, other shapes or a missing score.
 * Source: MTEB's `AbsTaskSTS`; sentence-transformers' `EmbeddingSimilarityEvaluator`.
 */
export function sts(left: Vectors, right: Vectors, scores: ArrayLike<number>): Record<Similarity, Correlations> {
  return correlations("sts", pairSimilarities(left, right), scores);
}
