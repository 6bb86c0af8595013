import type { Hits } from "@nearfar/search";

export interface HardNegativesOptions {
  /** The window of ranks among those that are left: from, of which those before are passed over, to, behind the last. */
  readonly range: readonly [from: number, to: number];
  /** By how much at least a negative's score lies below the positive's. */
  readonly margin?: number | undefined;
  /** The same as a share of the positive's score: .05 keeps negatives up to 95 % of it. */
  readonly relativeMargin?: number | undefined;
  /** The highest score of a negative. */
  readonly maxScore?: number | undefined;
}

/**
 * The hits that may be an anchor's hard negatives, the best first: those that are no positive and not too near to be one, within a window.
 *
 * `score <= s - margin`, `score <= s - relativeMargin |s|`, `score <= maxScore`, with s the positive's score; only then are the ranks of
 * the window counted. Source: sentence-transformers 6.2, `util.mine_hard_negatives`; the relative margin is that of Moreira et al. 2024
 * (NV-Retriever), "TopK-PercPos".
 */
export function hardNegatives(
  { indices, scores }: Hits,
  positive: { readonly score: number; readonly excludes: (index: number) => boolean },
  { range, margin, relativeMargin, maxScore = Infinity }: HardNegativesOptions,
): { index: number; score: number }[] {
  const most = Math.min(
    maxScore,
    margin === undefined ? Infinity : positive.score - margin,
    relativeMargin === undefined ? Infinity : positive.score - Math.abs(positive.score) * relativeMargin,
  );
  return Array.from(indices, (index, at) => ({ index, score: scores[at]! }))
    .filter(({ index, score }) => score <= most && !positive.excludes(index))
    .slice(...range);
}
