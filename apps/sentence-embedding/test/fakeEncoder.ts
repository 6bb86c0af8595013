import type { SentenceEncoder } from "@nearfar/encoders";

/** An encoder that knows the vectors of some texts; any other text is an error. */
export function fakeEncoder(
  vectors: Readonly<Record<string, readonly number[]>>,
  { name = "fake" } = {},
): SentenceEncoder {
  const dimensions = Object.values(vectors)[0]!.length;
  return {
    name,
    dimensions,
    truncated: 0,
    encode(texts) {
      const rows = texts.map((text) => {
        if (!(text in vectors)) throw new Error(`the fake encoder does not know ${JSON.stringify(text)}`);
        return vectors[text]!;
      });
      return Promise.resolve({ rows: texts.length, dimensions, data: Float32Array.from(rows.flat()) });
    },
    dispose: () => {},
  };
}
