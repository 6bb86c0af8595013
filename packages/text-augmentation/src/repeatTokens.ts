import type { Key } from "@nearfar/random";
import { pickTokens } from "./pickTokens.ts";
import { repeatedPositions } from "./repeatedPositions.ts";

/** Repeats some tokens at their place, at most max(2, `ratio` n) of them. Source: Wu et al. 2022 (ESimCSE), section 3.1, on subwords. */
export function repeatTokens(key: Key, ids: Int32Array, { ratio = 0.32 } = {}): Int32Array {
  return pickTokens(ids, repeatedPositions(key, ids.length, { ratio }));
}
