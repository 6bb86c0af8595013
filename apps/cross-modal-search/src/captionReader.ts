import { permutation, uniform, type Key } from "@nearfar/random";
import { words } from "@nearfar/text-augmentation";
import type { Tokenizer } from "@nearfar/tokenizers";

/** A caption as training reads it: the tokens of each word where words are dropped, else all tokens in one. */
export type CaptionTokens = readonly Int32Array[];

/** Captions as tokens, and what a step sees of one. */
export interface CaptionReader {
  read(caption: string): CaptionTokens;
  view(key: Key, caption: CaptionTokens): Int32Array;
}

/**
 * Reads captions for a training that keeps a random share of the words, uniform from `keepWords` to 1, in random order, at least one; 1 keeps a
 * caption as it is.
 *
 * Words without their punctuation: the tags of a drawing have no order, and no one of them is always there. A word's tokens are found once.
 */
export function captionReader({ encode }: Pick<Tokenizer, "encode">, keepWords: number): CaptionReader {
  const known = new Map<string, Int32Array>();
  const tokensOf = (word: string): Int32Array => {
    let ids = known.get(word);
    if (!ids) {
      if (known.size >= MOST) known.clear();
      known.set(word, (ids = encode(word)));
    }
    return ids;
  };
  if (keepWords === 1) return { read: (caption) => [encode(caption)], view: (_, [ids]) => ids! };
  return {
    read: (caption) => words(caption).map(tokensOf),
    view(key, all) {
      const share = uniform(key.fold("share"), { min: keepWords, max: 1 });
      const kept = Math.max(1, Math.floor(share * all.length));
      const order = permutation(key.fold("order"), all.length).subarray(0, kept);
      return joined(Array.from(order, (i) => all[i]!));
    },
  };
}

const MOST = 500_000;

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
