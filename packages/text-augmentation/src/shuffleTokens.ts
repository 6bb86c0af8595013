import type { Key } from "@nearfar/random";
import { pickTokens } from "./pickTokens.ts";
import { shuffledPositions } from "./shuffledPositions.ts";

/** The tokens in random order, with `reach` none further than so many places. Source: Yan et al. 2021 (ConSERT), section 3.3. */
export function shuffleTokens(key: Key, ids: Int32Array, { reach = Infinity } = {}): Int32Array {
  return pickTokens(ids, shuffledPositions(key, ids.length, { reach }));
}
