import { pairQueue } from "./pairQueue.ts";

export interface LearnMergesOptions {
  /** No more tokens than these in all. */
  vocabulary: number;
  /** A pair that is rarer is not merged. */
  minFrequency: number;
  /** What tokens within a word begin with, which goes when they are merged: WordPiece's `##`. */
  prefix: string;
}

/**
 * Byte-pair encoding: merges the most frequent pair of neighbouring tokens again and again, until the vocabulary is full.
 *
 * `words` are lists of ids with their `counts`; `tokens`, the text of each id, grows by the merged ones, and the merges are returned in
 * their order. The steps are those of Hugging Face's trainer (github.com/huggingface/tokenizers, `models/bpe/trainer.rs`), ties
 * included, so that the outcome is equal; after Sennrich et al. 2016, algorithm 1. `words` are changed.
 */
export function learnMerges(
  words: number[][],
  counts: readonly number[],
  tokens: string[],
  { vocabulary, minFrequency, prefix }: LearnMergesOptions,
): [string, string][] {
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const pairCounts = new Map<number, number>();
  const queue = pairQueue();
  const merges = new Map<number, [string, string]>();

  let formed = new Map<number, number[]>(); // the words of each pair that the last step formed
  const change = (left: number, right: number, by: number, word: number) => {
    const pair = left * SHIFT + right;
    pairCounts.set(pair, (pairCounts.get(pair) ?? 0) + by * counts[word]!);
    if (by < 0) return;
    const known = formed.get(pair);
    if (known === undefined) formed.set(pair, [word]);
    else if (known.at(-1) !== word) known.push(word);
  };
  const enqueue = () => {
    for (const [pair, where] of formed) {
      const count = pairCounts.get(pair)!;
      if (count > 0) queue.push({ left: Math.floor(pair / SHIFT), right: pair % SHIFT, count, words: where });
    }
    formed = new Map();
  };

  words.forEach((word, w) => {
    for (let i = 1; i < word.length; i++) change(word[i - 1]!, word[i]!, 1, w);
  });
  enqueue();
  while (tokens.length < vocabulary) {
    const top = queue.pop();
    if (top === undefined) break;
    const pair = top.left * SHIFT + top.right;
    const count = pairCounts.get(pair)!;
    if (count !== top.count) {
      top.count = count; // other merges took some of its places
      queue.push(top);
      continue;
    }
    if (count < 1 || count < minFrequency) break;
    const [left, right] = [tokens[top.left]!, tokens[top.right]!];
    const token = left + (prefix !== "" && right.startsWith(prefix) ? right.slice(prefix.length) : right);
    let id = idOf.get(token);
    if (id === undefined) {
      id = tokens.push(token) - 1;
      idOf.set(token, id);
    }
    // A pair can come twice, when another way to the same token was found in between; its later rank counts.
    merges.delete(pair);
    merges.set(pair, [left, right]);
    for (const w of top.words) mergeIn(words[w]!, top.left, top.right, id, (a, b, by) => change(a, b, by, w));
    enqueue();
  }
  return [...merges.values()];
}

/** A pair of ids as one number, exact below 2^53. */
const SHIFT = 2 ** 26;

/** Puts `id` in place of each pair in a word, and tells which neighbours went and came. */
function mergeIn(
  word: number[],
  left: number,
  right: number,
  id: number,
  changed: (left: number, right: number, by: 1 | -1) => void,
): void {
  for (let i = 0; i + 1 < word.length; i++) {
    if (word[i] !== left || word[i + 1] !== right) continue;
    word.splice(i, 2, id);
    if (i > 0) {
      changed(word[i - 1]!, left, -1);
      changed(word[i - 1]!, id, 1);
    }
    if (i + 1 < word.length) {
      changed(right, word[i + 1]!, -1);
      changed(id, word[i + 1]!, 1);
    }
  }
}
