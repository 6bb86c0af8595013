import type { Vectors } from "@nearfar/formats";
import { bySimilarity } from "./bySimilarity.ts";
import { correlations, type Correlations } from "./correlations.ts";
import { pairSimilarities, type Similarity } from "./pairSimilarities.ts";

/** Pairs with their scores: row i of both sides, score i. */
export interface StsSubset {
  readonly left: Vectors;
  readonly right: Vectors;
  readonly scores: ArrayLike<number>;
}

/** The three ways to one number for a task of several subsets, such as STS12's five sources. */
export interface StsAll {
  /** Of all pairs together: SentEval's "all", which SimCSE's paper and most since report. */
  readonly all: Record<Similarity, Correlations>;
  /** The mean of the subsets' correlations. */
  readonly mean: Record<Similarity, Correlations>;
  /** The same, each subset weighing as its number of pairs: SentEval's "wmean". */
  readonly weightedMean: Record<Similarity, Correlations>;
}

/**
 * Semantic textual similarity of a task of several subsets, in SentEval's three settings, which differ by points: name the one you report.
 *
 * A subset in which a correlation is NaN (all scores equal) makes the means NaN. Throws RangeError for no subset or malformed ones.
 * Source: SentEval's `senteval/sts.py`; the choice of "all": Gao, Yao and Chen 2021 (SimCSE), appendix B.
 */
export function stsAll(subsets: readonly StsSubset[]): StsAll {
  if (subsets.length === 0) throw new RangeError("stsAll: there is at least one subset; got none.");
  const similarities = subsets.map(({ left, right }) => pairSimilarities(left, right));
  const each = subsets.map(({ scores }, i) => correlations(`stsAll: subset ${i}`, similarities[i]!, scores));
  const pairs = subsets.map(({ scores }) => scores.length);
  const together = bySimilarity((similarity) => similarities.flatMap((subset) => [...subset[similarity]]));
  return {
    all: correlations("stsAll", together, subsets.flatMap(({ scores }) => Array.from(scores))), // prettier-ignore
    mean: weighted(each, pairs.map(() => 1)), // prettier-ignore
    weightedMean: weighted(each, pairs),
  };
}

function weighted(each: Record<Similarity, Correlations>[], weights: number[]): Record<Similarity, Correlations> {
  const total = weights.reduce((sum, weight) => sum + weight);
  const mean = (similarity: Similarity, which: keyof Correlations) =>
    each.reduce((sum, subset, i) => sum + weights[i]! * subset[similarity][which], 0) / total;
  return bySimilarity((similarity) => ({
    spearman: mean(similarity, "spearman"),
    pearson: mean(similarity, "pearson"),
  }));
}
