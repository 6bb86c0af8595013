import { characterClasses } from "./characterClasses.ts";

export interface BertNormalizerOptions {
  /** Removes control characters and turns every kind of white space into a space. */
  clean_text?: boolean;
  /** Puts spaces around each Chinese character, so that it is a word. */
  handle_chinese_chars?: boolean;
  /** Removes accents; by default where `lowercase` is set. */
  strip_accents?: boolean | null;
  lowercase?: boolean;
}

/**
 * Hugging Face's `BertNormalizer`, equal to the original (in Rust) for every code point: cleaned, Chinese characters set apart, accents
 * stripped, lower-cased. The options bear the names that `tokenizer.json` gives them, and Hugging Face's defaults.
 *
 * Source: github.com/huggingface/tokenizers, `tokenizers/src/normalizers/bert.rs`.
 */
export function bertNormalizer({
  clean_text = true,
  handle_chinese_chars = true,
  strip_accents = null,
  lowercase = true,
}: BertNormalizerOptions = {}): (text: string) => string {
  const stripped = strip_accents ?? lowercase;
  return (text) => {
    if (PLAIN.test(text)) return lowercase ? text.toLowerCase() : text;
    if (clean_text) text = text.replace(REMOVED, "").replace(WHITE_SPACE, " ");
    if (handle_chinese_chars) text = text.replace(CHINESE, " $& ");
    if (stripped) text = text.replace(DECOMPOSED_ALIKE, (run) => run.normalize("NFD")).replace(MARKS, "");
    // Rust lower-cases letter by letter: a capital sigma at the end of a word is no exception.
    return lowercase ? text.replaceAll("Σ", "σ").toLowerCase() : text;
  };
}

/** Nothing but the lower-casing of these characters is left to do. */
const PLAIN = /^[ -~]*$/;

/** Halves of surrogate pairs too, which no Rust string has; what writes a file makes U+FFFD of them. */
const REMOVED = new RegExp(`[${characterClasses.removed}\\ud800-\\udfff]`, "gu");
const WHITE_SPACE = /\p{White_Space}/gu;
const CHINESE =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;
const MARKS = new RegExp(`[${characterClasses.marks}]`, "gu");

/** All but the letters that only a newer Unicode than theirs decomposes. */
const DECOMPOSED_ALIKE =
  /[^\u{105c9}\u{105e4}\u{11383}\u{11385}\u{1138e}\u{11391}\u{113c5}\u{113c7}\u{113c8}\u{11938}\u{16d68}-\u{16d6a}]+/gu;
