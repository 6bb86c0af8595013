import { integer, permutation, type Key } from "@nearfar/random";
import { checkRatio } from "./checkRatio.ts";
import { replaceWords } from "./replaceWords.ts";
import { synonyms } from "./synonyms.ts";
import { words } from "./words.ts";

/**
 * Replaces max(1, floor(`ratio` n)) random words of an English text, of those that have any, by a random synonym.
 *
 * Other languages come back unchanged. Source: Wei and Zou 2019 (EDA), section 2, with their ratio; synonyms from WordNet 3.1.
 */
export function replaceSynonyms(key: Key, text: string, { ratio = 0.1 } = {}): string {
  checkRatio("replaceSynonyms", ratio);
  const all = words(text);
  const count = Math.max(1, Math.floor(ratio * all.length));
  const replacements = new Map<number, string>();
  for (const at of permutation(key.fold("order"), all.length)) {
    if (replacements.size === count) break;
    const choices = synonyms(all[at]!);
    if (choices.length > 0)
      replacements.set(at, choices[integer(key.fold("synonym"), choices.length, { counter: at })]!);
  }
  return replaceWords(text, replacements);
}
