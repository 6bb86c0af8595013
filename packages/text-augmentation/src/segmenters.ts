/**
 * Where words and sentences end, by Unicode Annex 29 with ICU's dictionaries for Chinese, Japanese and Thai. The language is fixed, so
 * that nothing depends on the machine's own; a Node with a younger ICU may split rare cases otherwise.
 */
export const segmenters = {
  word: new Intl.Segmenter("en", { granularity: "word" }),
  sentence: new Intl.Segmenter("en", { granularity: "sentence" }),
} as const;
