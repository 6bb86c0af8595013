import type { Hits } from "@nearfar/search";

/** What a corpus looks like from each anchor. */
export interface TextRanking {
  /** The best of the corpus for this anchor, the best first. */
  hits(anchor: number): Hits;
  /** The score of one text of the corpus; by words at least 0 where it is not among the hits. */
  score(anchor: number, text: number): number;
}

/** Ranks a corpus from each anchor; `most` hits each. */
export type TextRanker = (
  anchors: readonly string[],
  corpus: readonly string[],
  most: number,
) => TextRanking | Promise<TextRanking>;
