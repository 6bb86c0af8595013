import { joiner } from "./joiner.ts";
import { sentences } from "./sentences.ts";

/** A sentence and the document that it was taken from. */
export interface Cloze {
  sentence: string;
  document: string;
}

/** The sentence at a place of a text as anchor, and the other sentences as its positive; with `kept` the sentence stays in the document. */
export function clozeAt(text: string, at: number, { kept = false } = {}): Cloze {
  const all = sentences(text);
  const sentence = all[at];
  if (sentence === undefined)
    throw new RangeError(`clozeAt: a place is below ${all.length}, the number of sentences; got ${at}.`);
  const rest = kept ? all : all.filter((_, i) => i !== at);
  return { sentence, document: rest.reduce((before, one) => before + joiner(before, one) + one, "") };
}
