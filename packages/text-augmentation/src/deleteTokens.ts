import type { Key } from "@nearfar/random";
import { keptPositions } from "./keptPositions.ts";
import { pickTokens } from "./pickTokens.ts";

/** Deletes each token with the probability `ratio`; at least one stays. Source: Wang et al. 2021 (TSDAE), section 3, on tokens. */
export function deleteTokens(key: Key, ids: Int32Array, { ratio = 0.6 } = {}): Int32Array {
  return pickTokens(ids, keptPositions(key, ids.length, { ratio }));
}
