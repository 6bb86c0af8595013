import { integer, type Key } from "@nearfar/random";

/**
 * A sentence cut in two at a random place (views of `ids`, not copies): both sides have at least `min` tokens, every such cut is
 * equally likely. What is too short to be cut so is both sides whole.
 */
export function splitSpans(key: Key, ids: Int32Array, { min = 2 } = {}): [Int32Array, Int32Array] {
  if (!(Number.isInteger(min) && min >= 1))
    throw new RangeError(`splitSpans: min is a whole number, at least 1; got ${min}.`);
  if (ids.length < 2 * min) return [ids, ids];
  const cut = min + integer(key, ids.length - 2 * min + 1);
  return [ids.subarray(0, cut), ids.subarray(cut)];
}
