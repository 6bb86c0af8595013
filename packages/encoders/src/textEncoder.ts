import type { Encoder } from "./encoder.ts";
import type { Pooling } from "./pool.ts";
import type { Tokens } from "./tokens.ts";

/** An encoder of texts by a transformer, with what its tokens must be. */
export interface TextEncoder extends Encoder<Tokens> {
  readonly config: { readonly vocabularySize: number };
  readonly pooling: Pooling;
  /** The longest text in tokens, special ones included. */
  readonly maxTokens: number;
}
