import { segmenters } from "./segmenters.ts";

/** The text with other words at some places (the first word is 0); where a capital began the word, one begins the new word. */
export function replaceWords(text: string, replacements: ReadonlyMap<number, string>): string {
  let [out, at] = ["", 0];
  for (const { segment, isWordLike } of segmenters.word.segment(text)) {
    const other = isWordLike ? replacements.get(at++) : undefined;
    out += other === undefined ? segment : capitalized(other, segment);
  }
  return out;
}

const capitalized = (word: string, former: string) =>
  /^\p{Lu}/u.test(former) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
