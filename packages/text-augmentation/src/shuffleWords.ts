import type { Key } from "@nearfar/random";
import { pickWords } from "./pickWords.ts";
import { shuffledPositions } from "./shuffledPositions.ts";
import { words } from "./words.ts";

/** The words in random order, with `reach` none further than so many places. Source: Lample et al. 2018, section 2.3. */
export function shuffleWords(key: Key, text: string, { reach = Infinity } = {}): string {
  return pickWords(text, shuffledPositions(key, words(text).length, { reach }));
}
