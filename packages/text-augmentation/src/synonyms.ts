import { wordnet } from "./wordnet.ts";

/**
 * The single words that share a meaning with an English word in WordNet 3.1, each once, without itself; none for a word of grammar
 * (`the`, `in`), which WordNet has as a rare noun only, and for a word that it has not: inflected forms (`cats`) among them.
 */
export function synonyms(word: string): string[] {
  const lemma = word.toLowerCase();
  if (!/^[a-z][a-z'.-]*$/.test(lemma) || GRAMMAR.has(lemma)) return [];
  const found = new Set(wordnet(lemma).flat());
  return [...found].filter((one) => /^[A-Za-z']+$/.test(one) && one.toLowerCase() !== lemma);
}

/** English words of closed classes. */
const GRAMMAR = new Set(
  `a about above after again against all am an and any are as at be because been before being below between both but by can could
  did do does doing done down during each either few for from further had has have having he her here hers him his how i if in into is
  it its itself just may me might more most must my neither no nor not now of off on once one only or other our ours out over own same
  shall she should so some such than that the their theirs them then there these they this those through to too under until up us very
  was we were what when where which while who whom whose why will with would yet you your yours`.split(/\s+/),
);
