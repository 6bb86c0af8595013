import type { Tokenizer } from "@nearfar/tokenizers";
import { newTransformer } from "./newTransformer.ts";
import type { TextStart } from "./textStart.ts";
import { transformer } from "./transformer.ts";
import { transformerStart } from "./transformerStart.ts";

export interface StartTransformerOptions {
  readonly dimensions: number;
  /** Tokens of a text in training. */
  readonly maxTokens: number;
  readonly layers?: number;
  readonly heads?: number;
  /** Vectors of length 1. */
  readonly normalize?: boolean;
}

/** A new small transformer, of four layers by default, with mean pooling. */
export function startTransformer(
  tokenizer: Tokenizer,
  { dimensions, maxTokens, layers, heads, normalize = true }: StartTransformerOptions,
): TextStart {
  const { vocabularySize, special } = tokenizer;
  const config = newTransformer({
    vocabularySize,
    width: dimensions,
    ...(layers !== undefined && { layers }),
    ...(heads !== undefined && { heads }),
    tokens: Math.max(128, maxTokens),
    padId: special.pad ?? 0,
  });
  return transformerStart({ encoder: transformer(config), tokenizer }, { maxTokens, normalize });
}
