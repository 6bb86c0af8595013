import { thresholdSteps } from "./thresholdSteps.ts";

/**
 * Average precision of a ranking by score: the area below the steps of precision over recall, 0 to 1.
 *
 * `Σ_t (R_t - R_{t-1}) P_t` over the distinct scores t, largest first, with the precision P_t and the recall R_t of all that score at least
 * t, so that equal scores are one step. `labels` are 1 for what should score high and 0 for the others.
 * Throws RangeError for other labels, unequal lengths, a score that is not finite or no positive.
 * Source: sklearn.metrics.average_precision_score.
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const steps = thresholdSteps("averagePrecision", scores, labels);
  const positives = steps.at(-1)!.hits;
  let before = 0;
  return steps.reduce((area, { hits, count }) => {
    const gained = hits - before;
    before = hits;
    return area + (gained / positives) * (hits / count);
  }, 0);
}
