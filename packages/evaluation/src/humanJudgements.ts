import { kendallTau, type KendallTauOptions } from "./kendallTau.ts";

/**
 * Kendall's tau between a model's scores of pairs and what people said of them: `ratings[i]`, one or several, are of the pair of `scores[i]`.
 *
 * Every rating is an observation beside its pair's score; means would hide how far people differ. Flickr8k's experts: three ratings of 1 to
 * 4 a pair, tau-c; its crowd: one share of yes a pair, tau-b. The scale of the scores does not matter, nor whether they are cut at 0 (but for
 * ties). Throws RangeError as `kendallTau`, and for another number of ratings than of scores.
 * Source: `flickr8k_example/compute_metrics.py` of CLIPScore's authors (Hessel et al. 2021, appendix A).
 */
export function humanJudgements(
  scores: ArrayLike<number>,
  ratings: readonly (readonly number[])[],
  { variant = "c" }: KendallTauOptions = {},
): number {
  if (scores.length !== ratings.length)
    throw new RangeError(
      `humanJudgements: there are ratings for each score; got ${ratings.length} and ${scores.length}.`,
    );
  return kendallTau(
    ratings.flatMap((list, i) => list.map(() => scores[i]!)),
    ratings.flat(),
    { variant },
  );
}
