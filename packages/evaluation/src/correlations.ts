import { bySimilarity } from "./bySimilarity.ts";
import { pearson } from "./pearson.ts";
import type { Similarity } from "./pairSimilarities.ts";
import { spearman } from "./spearman.ts";

/** Both correlations with the scores, -1 to 1. */
export interface Correlations {
  readonly spearman: number;
  readonly pearson: number;
}

/** The correlations of each similarity with the scores, one per pair. */
export function correlations(
  name: string,
  similarities: Record<Similarity, ArrayLike<number>>,
  scores: ArrayLike<number>,
): Record<Similarity, Correlations> {
  if (scores.length !== similarities.cosine.length)
    throw new RangeError(
      `${name}: there is one score per pair; got ${scores.length} scores for ${similarities.cosine.length} pairs.`,
    );
  return bySimilarity((similarity) => ({
    spearman: spearman(similarities[similarity], scores),
    pearson: pearson(similarities[similarity], scores),
  }));
}
