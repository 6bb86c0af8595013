import { Growing } from "./growing.ts";

/** Which documents hold each word, and how often: those of word w at `starts[w]` to `starts[w + 1]`, ascending. */
export interface Postings {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Words of each document. */
  readonly lengths: Int32Array;
  readonly starts: Int32Array;
  readonly holders: Int32Array;
  readonly counts: Int32Array;
}

/** The postings of documents, which are read once. */
export function postings(documents: Iterable<string>, tokenize: (text: string) => readonly string[]): Postings {
  const vocabulary = new Map<string, number>();
  const [lengths, terms, holders, counts] = [new Growing(), new Growing(), new Growing(), new Growing()];
  let document = 0;
  for (const text of documents) {
    const tokens = tokenize(text);
    const tally = new Map<number, number>();
    for (const token of tokens) {
      let word = vocabulary.get(token);
      if (word === undefined) vocabulary.set(token, (word = vocabulary.size));
      tally.set(word, (tally.get(word) ?? 0) + 1);
    }
    for (const [word, count] of tally) {
      terms.push(word);
      holders.push(document);
      counts.push(count);
    }
    lengths.push(tokens.length);
    document++;
  }
  return {
    vocabulary,
    lengths: lengths.numbers,
    ...sorted(vocabulary.size, terms.numbers, holders.numbers, counts.numbers),
  };
}

/** By word, stable: a counting sort. */
function sorted(
  size: number,
  terms: Int32Array,
  holders: Int32Array,
  counts: Int32Array,
): Omit<Postings, "vocabulary" | "lengths"> {
  const starts = new Int32Array(size + 1);
  for (const word of terms) starts[word + 1]!++;
  for (let word = 0; word < size; word++) starts[word + 1]! += starts[word]!;
  const next = starts.slice(0, size);
  const to = { holders: new Int32Array(terms.length), counts: new Int32Array(terms.length) };
  terms.forEach((word, at) => {
    const place = next[word]!++;
    to.holders[place] = holders[at]!;
    to.counts[place] = counts[at]!;
  });
  return { starts, ...to };
}
