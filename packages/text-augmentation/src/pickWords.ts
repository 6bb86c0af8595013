import { joiner } from "./joiner.ts";
import { segmenters } from "./segmenters.ts";

/**
 * The text of the words at positions, in their order; a position may come twice. RangeError for one outside.
 *
 * A word brings what follows it (a comma, a space), save where it is repeated or was the last; what begins and ends the text stays.
 * A text without words is returned as it is.
 */
export function pickWords(text: string, positions: ArrayLike<number>): string {
  const { before, words, tails } = split(text);
  if (words.length === 0) return text;
  let out = before;
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i]!;
    const word = words[at];
    if (word === undefined) throw new RangeError(`pickWords: a position is below ${words.length}; got ${at}.`);
    const next = positions[i + 1];
    if (next === undefined) out += word + tails.at(-1)!;
    else out += word + (next === at || at === words.length - 1 ? joiner(word, words[next] ?? "") : tails[at]!);
  }
  return out;
}

/** A text as what stands before the first word, the words, and what follows each. */
function split(text: string): { before: string; words: string[]; tails: string[] } {
  const [words, tails]: [string[], string[]] = [[], []];
  let before = "";
  for (const { segment, isWordLike } of segmenters.word.segment(text)) {
    if (isWordLike) {
      words.push(segment);
      tails.push("");
    } else if (words.length === 0) before += segment;
    else tails[tails.length - 1] += segment;
  }
  return { before, words, tails };
}
