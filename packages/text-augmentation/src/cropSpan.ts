import { integer, type Key } from "@nearfar/random";
import { checkRatio } from "./checkRatio.ts";

/**
 * A random contiguous part of the tokens (a view of `ids`, not a copy): its length is uniform from `min` n to `max` n tokens, rounded up,
 * at least 1; every start that has room for it is equally likely.
 *
 * The defaults are those of Izacard et al. 2022 (Contriever), section 3.2: independent cropping to between .05 and .5 of a document, for
 * long documents; sentences want a larger `min`.
 */
export function cropSpan(key: Key, ids: Int32Array, { min = 0.05, max = 0.5 } = {}): Int32Array {
  checkRatio("cropSpan", min);
  checkRatio("cropSpan", max);
  if (min > max) throw new RangeError(`cropSpan: min is not above max; got ${min} and ${max}.`);
  const n = ids.length;
  const least = Math.min(n, Math.max(1, Math.ceil(min * n)));
  const most = Math.max(least, Math.ceil(max * n));
  const length = least + integer(key.fold("length"), most - least + 1);
  const start = integer(key.fold("start"), n - length + 1);
  return ids.subarray(start, start + length);
}
