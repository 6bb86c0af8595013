import { captionOwners } from "./captionOwners.ts";
import type { CrossModalRanking } from "./crossModalRetrieval.ts";

export interface CrossModalChanceOptions {
  /** The picture of each text, `[m]`; without it text i is of picture i. */
  readonly owner?: Int32Array;
  readonly ks?: readonly number[];
}

type Chance = Omit<CrossModalRanking, "medianRank">;

/**
 * What `crossModalRetrieval` expects of `n` pictures' vectors that know nothing: a row to stand beside it.
 *
 * A text finds its picture among the first k with `k / n`. A picture with c of the m texts finds one with `1 - C(m - c, k) / C(m, k)`, and
 * the first of them has `(m - c) / (c + 1)` others before it on average. Throws RangeError as `crossModalRetrieval`.
 */
export function crossModalChance(
  images: number,
  { owner, ks = [1, 5, 10] }: CrossModalChanceOptions = {},
): { imageToText: Chance; textToImage: Chance } {
  const texts = owner?.length ?? images;
  const { captions } = captionOwners("crossModalChance", images, { texts, owner });
  const recall = (share: (k: number) => number) => Object.fromEntries(ks.map((k) => [`recall@${k}`, share(k)]));
  const mean = (of: (captions: number) => number) =>
    captions.reduce((sum, rows) => sum + of(rows.length), 0) / captions.length;
  return {
    imageToText: {
      recall: recall((k) => mean((own) => 1 - missing(texts, own, k))),
      meanRank: mean((own) => 1 + (texts - own) / (own + 1)),
    },
    textToImage: { recall: recall((k) => Math.min(1, k / images)), meanRank: (images + 1) / 2 },
  };
}

/** That none of `own` is among k drawn of m: `Π (m - k - i) / (m - i)` over i < own. */
function missing(m: number, own: number, k: number): number {
  let share = 1;
  for (let i = 0; i < own; i++) share *= Math.max(0, m - k - i) / (m - i);
  return share;
}
