import { integer, type Key } from "@nearfar/random";
import { beta } from "./beta.ts";

export interface DeclutrOptions {
  /** Anchors in a text. */
  anchors?: number;
  /** Positives of each anchor. */
  positives?: number;
  /** Tokens of the shortest span. */
  min?: number;
  /** Tokens of the longest span. */
  max?: number;
  /** Where positives lie: anywhere about the anchor (overlapping, adjacent or within it), only next to it, only within it. */
  place?: "any" | "adjacent" | "subsumed";
}

/** A span of positions: from `start`, without `end`. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Where DeCLUTR's anchors and their positives lie in n tokens.
 *
 * An anchor has floor(min + Beta(4, 2) (max - min)) tokens, a positive floor(min + Beta(2, 4) (max - min)): long and short ones. Anchors
 * keep `max` tokens' distance from each other where there is room. A text needs 2 `max` tokens for each anchor, else RangeError.
 *
 * Source: Giorgi et al. 2021 (DeCLUTR), section 3.1; its code's `sample_anchor_positive_pairs` (github.com/JohnGiorgi/DeCLUTR,
 * `declutr/common/contrastive_utils.py`) step by step, but that an adjacent positive may begin with the text; defaults of
 * `training_config/declutr.jsonnet`.
 */
export function declutrPositions(
  key: Key,
  n: number,
  { anchors = 2, positives = 2, min = 32, max = 512, place = "any" }: DeclutrOptions = {},
): { anchor: Span; positives: Span[] }[] {
  if (![anchors, positives, min, max].every((one) => Number.isInteger(one) && one >= 1) || min > max)
    throw new RangeError(
      `declutrPositions: all numbers are whole, at least 1, and min is not above max; got ${anchors} anchors, ${positives} positives, min ${min}, max ${max}.`,
    );
  const needed = 2 * anchors * max;
  if (n < needed)
    throw new RangeError(
      `declutrPositions: a text has at least 2 * ${anchors} anchors * max ${max} = ${needed} tokens; got ${n}. Is max too large for these texts?`,
    );
  const starts = Array.from({ length: Math.floor((n - max) / max) + 1 }, (_, i) => i * max);
  return Array.from({ length: anchors }, (_, i) => {
    const own = key.fold(i);
    const length = Math.floor(min + beta(own.fold("length"), 4, 2) * (max - min));
    const left = anchors - i;
    // With few places left, an end is taken, so that the next anchors find one.
    const scarce = Math.floor(starts.length / left) < left;
    const drawn = integer(own.fold("place"), scarce ? 2 : starts.length);
    const at = scarce ? drawn * (starts.length - 1) : drawn;
    const start = starts[at]! + integer(own.fold("start"), max - length + 1);
    starts.splice(Math.max(0, at - 1), at === 0 ? 2 : 3);
    const anchor = { start, end: start + length };
    const about = { n, min, max, place };
    return {
      anchor,
      positives: Array.from({ length: positives }, (_, j) => positive(own.fold("positive").fold(j), anchor, about)),
    };
  });
}

function positive(
  key: Key,
  { start, end }: Span,
  { n, min, max, place }: { n: number; min: number; max: number; place: "any" | "adjacent" | "subsumed" },
): Span {
  const room = Math.max(start, n - end);
  const most = place === "subsumed" ? end - start : place === "adjacent" ? Math.min(max, room) : max;
  const least = Math.min(min, most);
  const length = Math.floor(least + beta(key.fold("length"), 2, 4) * (most - least));
  const from = key.fold("start");
  const span = (at: number) => ({ start: at, end: at + length });
  if (place === "subsumed") return span(start + integer(from, end - start - length + 1));
  if (place === "adjacent") {
    const valid = [start - length, end].filter((at) => at >= 0 && at + length <= n);
    return span(valid[integer(from, valid.length)]!);
  }
  const first = Math.max(0, start - length);
  return span(first + integer(from, Math.min(end, n - length) - first + 1));
}
