import { integer, uniform, type Key } from "@nearfar/random";
import { checkRatio } from "./checkRatio.ts";
import { partTokens } from "./partTokens.ts";

/**
 * Two disjoint random parts of one sentence as its views: each token goes to the left with the probability `ratio`, else to the right.
 *
 * Together they are all tokens, none twice, so that no view shares a word with the other unless the sentence has it twice: a static
 * encoder cannot match them by equal words and learns which words go together. Neither is empty: one random token always goes left,
 * and the right is the whole where none is left for it.
 */
export function splitTokens(key: Key, ids: Int32Array, { ratio = 0.5 } = {}): [Int32Array, Int32Array] {
  checkRatio("splitTokens", ratio);
  if (ids.length === 0) return [ids, ids];
  const always = integer(key.fold("one"), ids.length);
  const left = Array.from(ids, (_, i) => i === always || uniform(key, { counter: i }) < ratio);
  const parts = partTokens(ids, left);
  return parts[1].length === 0 ? [parts[0], ids] : parts;
}
