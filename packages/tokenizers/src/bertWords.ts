import { characterClasses } from "./characterClasses.ts";

/**
 * Hugging Face's `BertPreTokenizer`: the words of a normalized text, each punctuation mark a word by itself.
 *
 * Source: github.com/huggingface/tokenizers, `tokenizers/src/pre_tokenizers/bert.rs`.
 */
export function bertWords(text: string): string[] {
  return text.match(PLAIN.test(text) ? PLAIN_WORD : WORD) ?? [];
}

const PLAIN = /^[ -~]*$/;
const PLAIN_WORD = /[0-9A-Za-z]+|[!-/:-@[-`{-~]/g;
const WORD = new RegExp(`[^\\p{White_Space}${characterClasses.punctuation}]+|[${characterClasses.punctuation}]`, "gu");
