import type { Params } from "@nearfar/tensor";
import type { Tokenizer } from "@nearfar/tokenizers";
import type { Encoder } from "./encoder.ts";
import type { SentenceEncoder } from "./sentenceEncoder.ts";
import type { Tokens } from "./tokens.ts";

/** What a training of texts begins with, and how what it ends with is used. */
export interface TextStart {
  /** Its `init` gives the first weights: new ones, or those of a model folder, once. */
  readonly encoder: Encoder<Tokens>;
  readonly tokenizer: Tokenizer;
  /** A text's tokens as the encoder reads them: cut, with special ones, never empty. */
  wrap(ids: Int32Array): Int32Array;
  /** Texts cut by `wrap` so far. */
  readonly truncated: number;
  /** The encoder of sentences that these weights make. They stay the caller's; `dispose` frees what it made of them. */
  model(params: Params): TextStartModel;
}

/** A model as a training has it at a step. */
export interface TextStartModel extends SentenceEncoder {
  /** Writes it as a model folder. */
  write(folder: string): Promise<void>;
}
