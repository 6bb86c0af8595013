/** Text to token ids and back, by a Hugging Face `tokenizer.json`. */
export interface Tokenizer {
  /** Ids are below this. */
  readonly vocabularySize: number;
  /** Ids of the special tokens that this vocabulary has. */
  readonly special: {
    readonly pad?: number;
    readonly unknown?: number;
    readonly mask?: number;
    /** Put before and after a text by `wrap`: `[CLS]` and `[SEP]`, `<s>` and `</s>`. */
    readonly begin?: number;
    readonly end?: number;
  };
  /** The tokens of a text, without special ones and without truncation; none for a text without words. */
  encode(text: string): Int32Array;
  /** The text of tokens, special ones left out. */
  decode(ids: ArrayLike<number>): string;
  /** Tokens as the model reads them: cut to `most` in all, special ones at both ends where the tokenizer has them; never empty (the unknown token stands for no word). */
  wrap(ids: Int32Array, most: number): Int32Array;
  /** The file, as it is written beside a model. */
  readonly json: object;
}
