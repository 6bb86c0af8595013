import type { Tokenizer } from "@nearfar/tokenizers";

/** The same tokenizer, whose wrapped texts have `length` tokens at least: filled up behind with the padding token. SigLIP reads all its texts so. */
export function padded(tokenizer: Tokenizer, { length, padId }: { length: number; padId: number }): Tokenizer {
  return {
    ...tokenizer,
    special: { ...tokenizer.special, pad: padId },
    wrap(ids, most) {
      const wrapped = tokenizer.wrap(ids, most);
      if (wrapped.length >= length) return wrapped;
      const all = new Int32Array(length).fill(padId);
      all.set(wrapped);
      return all;
    },
  };
}
