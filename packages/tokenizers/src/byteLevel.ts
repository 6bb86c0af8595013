/**
 * Hugging Face's `ByteLevel` splitting, as GPT-2 and RoBERTa have it: a text into words, each with the space before it.
 *
 * Source: Radford et al. 2019, github.com/openai/gpt-2 `src/encoder.py`; white space as Unicode has it, not as JavaScript's `\s`.
 */
export const byteLevel = {
  words: (text: string): string[] => text.match(WORD) ?? [],
  /** A word's bytes of UTF-8, each written as one printable character. */
  letters(word: string): string {
    let out = "";
    for (const byte of encoder.encode(word)) out += LETTERS[byte]!;
    return out;
  },
} as const;

const WORD =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
const encoder = new TextEncoder();

/** Printable bytes stand for themselves, the others for the characters from U+0100 on, in order. */
const LETTERS = ((): string[] => {
  let next = 0x100;
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
})();
