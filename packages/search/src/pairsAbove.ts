import { checkThreshold } from "./checkThreshold.ts";
import { eachAbove } from "./eachAbove.ts";
import type { Vectors } from "@nearfar/formats";

export interface PairsAboveOptions {
  /** The most pairs that are kept: those with the largest cosines. */
  most?: number;
}

/** Two rows, the first before the second, and their cosine. */
export interface Pair {
  readonly first: number;
  readonly second: number;
  readonly score: number;
}

/**
 * All pairs of rows whose cosine is at least `threshold`, exactly, the most alike first; of equal ones, those that stand first.
 *
 * As sentence-transformers' `paraphrase_mining`, whose `max_pairs` is `most`, but no pair is missed. Throws RangeError for malformed vectors
 * and UserError for a threshold that is no cosine.
 */
export function pairsAbove(vectors: Vectors, threshold: number, { most = 500_000 }: PairsAboveOptions = {}): Pair[] {
  checkThreshold("pairsAbove", threshold);
  if (!(Number.isInteger(most) && most > 0))
    throw new RangeError(`pairsAbove: most is a whole number from 1; got ${most}.`);
  let least = Math.fround(threshold);
  let pairs: Pair[] = [];
  const cut = () => {
    pairs = pairs.sort((a, b) => b.score - a.score || a.first - b.first || a.second - b.second).slice(0, most);
  };
  eachAbove(
    vectors,
    () => least,
    (first, second, score) => {
      pairs.push({ first, second, score });
      if (pairs.length < 2 * most) return;
      cut();
      least = pairs.at(-1)!.score;
    },
    { once: true, caller: "pairsAbove" },
  );
  cut();
  return pairs;
}
