import { newTransformer, transformer } from "@nearfar/encoders";
import type { Tokenizer } from "@nearfar/tokenizers";
import type { Settings } from "./settings.ts";
import type { Start } from "./start.ts";
import { transformerStart } from "./transformerStart.ts";

/** A new small transformer of four layers, with mean pooling. */
export function startTransformer(tokenizer: Tokenizer, { dimensions, maxTokens }: Settings): Start {
  const { vocabularySize, special } = tokenizer;
  const config = newTransformer({
    vocabularySize,
    width: dimensions,
    tokens: Math.max(128, maxTokens),
    padId: special.pad ?? 0,
  });
  return transformerStart({ encoder: transformer(config), tokenizer }, { maxTokens });
}
