import type { SentenceEncoder } from "@nearfar/encoders";

/** An encoder that counts words, each in one of 64 places by a hash that `seed` changes: texts are near that share words. Eight words at most. */
export function bagOfWords({ seed = 7, dimensions = 64, name = "bag" } = {}): SentenceEncoder & { encoded: number } {
  let truncated = 0;
  return {
    name,
    dimensions,
    encoded: 0,
    get truncated() {
      return truncated;
    },
    async encode(texts, { progress } = {}) {
      const data = new Float32Array(texts.length * dimensions);
      for (const [row, text] of texts.entries()) {
        const words = text.toLowerCase().split(/\s+/);
        if (words.length > 8) truncated++;
        for (const word of words.slice(0, 8)) {
          let hash = seed;
          for (const letter of word) hash = (hash * 31 + letter.codePointAt(0)!) % 1_000_003;
          data[row * dimensions + (hash % dimensions)]! += 1;
        }
      }
      this.encoded += texts.length;
      progress?.(texts.length);
      return { rows: texts.length, dimensions, data };
    },
    dispose: () => {},
  };
}
