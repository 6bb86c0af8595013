import { UserError } from "@nearfar/formats";
import { postings } from "./postings.ts";
import { words } from "./words.ts";

export interface Bm25Options {
  /** How soon further occurrences of a word stop to count. */
  k1?: number;
  /** How much a long document is held against it: 0 to 1. */
  b?: number;
  tokenize?: (text: string) => readonly string[];
}

/** Documents found, the best first; of equal ones, those that stand first. */
export interface Hits {
  readonly indices: Int32Array;
  readonly scores: Float32Array;
}

export interface Bm25 {
  readonly documents: number;
  /** The k best of the documents that share a word with the query; fewer where fewer do. UserError for a k below 1. */
  search(query: string, k: number): Hits;
}

/**
 * An inverted index that ranks documents by their words:
 * `sum over the query's words of ln(1 + (N - n + 1/2) / (n + 1/2)) f / (f + k1 (1 - b + b |D| / avg))`,
 * with n the documents that hold the word and f its occurrences in D.
 *
 * Source: Robertson and Zaragoza 2009, in Lucene's form (Kamphuis et al. 2020, "Lucene (accurate)"), which leaves out the constant k1 + 1;
 * the defaults are Pyserini's and BEIR's. UserError for no documents, RangeError for a k1 below 0 and a b out of its range.
 */
export function bm25(documents: Iterable<string>, { k1 = 0.9, b = 0.4, tokenize = words }: Bm25Options = {}): Bm25 {
  if (!(k1 >= 0 && k1 < Infinity)) throw new RangeError(`bm25: k1 is a number from 0; got ${k1}.`);
  if (!(b >= 0 && b <= 1)) throw new RangeError(`bm25: b is a number from 0 to 1; got ${b}.`);
  const { vocabulary, lengths, starts, holders, counts } = postings(documents, tokenize);
  const n = lengths.length;
  if (n === 0) throw new UserError("bm25: there is at least one document; got none. Is the corpus empty?");
  const average = lengths.reduce((sum, length) => sum + length, 0) / n || 1;
  const norms = Float64Array.from(lengths, (length) => k1 * (1 - b + (b * length) / average));
  const scores = new Float64Array(n); // of one query; zeroed after it
  return {
    documents: n,
    search(query, k) {
      if (!Number.isInteger(k) || k < 1) throw new UserError(`bm25: k is a whole number from 1; got ${k}.`);
      const touched: number[] = [];
      for (const word of tokenize(query)) {
        const index = vocabulary.get(word);
        if (index === undefined) continue;
        const [from, to] = [starts[index]!, starts[index + 1]!];
        const idf = Math.log1p((n - (to - from) + 0.5) / (to - from + 0.5));
        for (let at = from; at < to; at++) {
          const holder = holders[at]!;
          if (scores[holder] === 0) touched.push(holder);
          scores[holder]! += (idf * counts[at]!) / (counts[at]! + norms[holder]!);
        }
      }
      const best = largest(touched, scores, k);
      const hits: Hits = { indices: Int32Array.from(best), scores: Float32Array.from(best, (index) => scores[index]!) };
      for (const index of touched) scores[index] = 0;
      return hits;
    },
  };
}

/** The k documents with the largest scores, the largest first: sorted 2k at a time, after which only what can still be among them is kept. */
function largest(touched: readonly number[], scores: Float64Array, k: number): number[] {
  let best: number[] = [];
  let least = 0;
  const cut = () => {
    best = best.sort((x, y) => scores[y]! - scores[x]! || x - y).slice(0, k);
  };
  for (const index of touched) {
    if (scores[index]! < least) continue;
    best.push(index);
    if (best.length < 2 * k) continue;
    cut();
    least = scores[best.at(-1)!]!;
  }
  cut();
  return best;
}
