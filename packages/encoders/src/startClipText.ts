import type { Tokenizer } from "@nearfar/tokenizers";
import { clipText } from "./clipText.ts";
import type { TextStart } from "./textStart.ts";
import { transformerStart } from "./transformerStart.ts";

export interface StartClipTextOptions {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** The longest text in tokens, in training and after. */
  readonly maxTokens: number;
  /** Vectors of length 1. */
  readonly normalize?: boolean;
}

/** CLIP's text transformer from nothing; the last token, the tokenizer's own, is its end of text. */
export function startClipText(
  tokenizer: Tokenizer,
  { maxTokens, normalize = true, ...sizes }: StartClipTextOptions,
): TextStart {
  const { vocabularySize } = tokenizer;
  return transformerStart(
    { encoder: clipText({ vocabularySize, tokens: maxTokens, ...sizes }), tokenizer },
    { maxTokens, normalize },
  );
}
