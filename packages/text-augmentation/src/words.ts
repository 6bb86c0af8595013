import { segmenters } from "./segmenters.ts";

/** The words of a text, without punctuation and spaces: `words("今天 is fine.")` is `["今天", "is", "fine"]`. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of segmenters.word.segment(text)) if (isWordLike) found.push(segment);
  return found;
}
