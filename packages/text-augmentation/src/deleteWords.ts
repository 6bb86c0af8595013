import type { Key } from "@nearfar/random";
import { keptPositions } from "./keptPositions.ts";
import { pickWords } from "./pickWords.ts";
import { words } from "./words.ts";

/** Deletes each word with the probability `ratio`; at least one stays. Source: Wang et al. 2021 (TSDAE), section 3, its best ratio. */
export function deleteWords(key: Key, text: string, { ratio = 0.6 } = {}): string {
  return pickWords(text, keptPositions(key, words(text).length, { ratio }));
}
