import { pearson } from "./pearson.ts";
import { ranks } from "./ranks.ts";

/**
 * Spearman's rank correlation, -1 to 1: Pearson's of the ranks, where equal numbers take the mean of their ranks. NaN where a list is
 * constant, as in SciPy. Throws RangeError for fewer than two numbers, unequal lengths or a number that is not finite.
 *
 * Source: scipy.stats.spearmanr.
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (const list of [a, b])
    for (let i = 0; i < list.length; i++)
      if (!Number.isFinite(list[i]))
        throw new RangeError(`spearman: every number is finite; got ${list[i]} at ${i}. Did the training diverge?`);
  return pearson(ranks(a), ranks(b));
}
