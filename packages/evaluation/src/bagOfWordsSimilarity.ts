/** How alike the words of two texts are, one number per pair, 0 to 1. */
export interface BagOfWordsSimilarity {
  /** The cosine of the counts of words. */
  readonly cosine: Float64Array;
  /** The share of words that both have, of all words of either, each counted once. */
  readonly jaccard: Float64Array;
}

/**
 * How alike pairs of texts are by their words alone: the baseline that sentence embeddings must beat.
 *
 * Words are runs of letters and digits, in lower case; a Chinese character is a word by itself. With `corpus`, a word of the cosine weighs
 * `1 + ln((1 + n) / (1 + texts that hold it))` of those n texts, which makes a much stronger baseline. A text without words has
 * similarity 0 to all. Give either list to `spearman` with the scores.
 * Source: scikit-learn's CountVectorizer and TfidfVectorizer (smooth idf), but for their tokens of two letters or more.
 */
export function bagOfWordsSimilarity(
  pairs: readonly (readonly [string, string])[],
  { corpus }: { corpus?: readonly string[] } = {},
): BagOfWordsSimilarity {
  const weigh = corpus ? inverseFrequency(corpus) : () => 1;
  const bags = pairs.map((pair) => pair.map(count) as [Bag, Bag]);
  return {
    cosine: Float64Array.from(bags, ([left, right]) => cosine(left, right, weigh)),
    jaccard: Float64Array.from(bags, ([left, right]) => jaccard(left, right)),
  };
}

type Bag = ReadonlyMap<string, number>;

const WORD = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;

function count(text: string): Bag {
  const bag = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(WORD)) bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}

function inverseFrequency(corpus: readonly string[]): (word: string) => number {
  const texts = new Map<string, number>();
  for (const text of corpus) for (const word of count(text).keys()) texts.set(word, (texts.get(word) ?? 0) + 1);
  return (word) => 1 + Math.log((1 + corpus.length) / (1 + (texts.get(word) ?? 0)));
}

function cosine(left: Bag, right: Bag, weigh: (word: string) => number): number {
  const product = (a: Bag, b: Bag) =>
    [...a].reduce((sum, [word, times]) => sum + times * (b.get(word) ?? 0) * weigh(word) ** 2, 0);
  const lengths = Math.sqrt(product(left, left) * product(right, right));
  return lengths === 0 ? 0 : Math.min(1, product(left, right) / lengths);
}

function jaccard(left: Bag, right: Bag): number {
  const both = [...left.keys()].filter((word) => right.has(word)).length;
  const either = left.size + right.size - both;
  return either === 0 ? 0 : both / either;
}
