import { integer, type Key } from "@nearfar/random";
import { median } from "./median.ts";

/** A ratio and its 95 % interval. */
export interface Ratio {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The ratio of two medians, `median(ours) / median(peer)`, with the 95 % percentile interval of a paired bootstrap.
 *
 * Pair i was measured back to back, so that a slow minute hits both: pairs are drawn with replacement, not single values.
 * Efron and Tibshirani 1993, sections 8.3 and 13.3. Throws RangeError where values are not in pairs.
 */
export function ratioOfMedians(
  key: Key,
  ours: readonly number[],
  peer: readonly number[],
  { resamples = 4000 } = {},
): Ratio {
  const n = ours.length;
  if (n === 0 || peer.length !== n)
    throw new RangeError(`ratioOfMedians: values come in pairs; got ${n} and ${peer.length}.`);
  const ratios = Array.from({ length: resamples }, (_, sample) => {
    const drawn = Array.from({ length: n }, (_, counter) => integer(key.fold(sample), n, { counter }));
    return median(drawn.map((i) => ours[i]!)) / median(drawn.map((i) => peer[i]!));
  }).sort((a, b) => a - b);
  const quantile = (q: number) => ratios[Math.round(q * (resamples - 1))]!;
  return { value: median(ours) / median(peer), low: quantile(0.025), high: quantile(0.975) };
}
