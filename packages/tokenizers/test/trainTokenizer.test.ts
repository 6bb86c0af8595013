import { createHash } from "node:crypto";
import { UserError } from "@nearfar/formats";
import { createTokenizer, trainTokenizer } from "@nearfar/tokenizers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGolden } from "./readGolden.ts";
import { realTexts } from "./realTexts.ts";

// By Hugging Face's own trainers: golden/make.py.
const golden = readGolden<{
  small: {
    model: "wordpiece" | "bpe";
    lowercase: boolean;
    vocabulary: number;
    minFrequency: number;
    texts: string[];
    expected: { vocabulary: string[]; merges: [string, string][] };
  }[];
  files: { model: { type: string } }[];
  real: { model: "wordpiece" | "bpe"; vocabulary: number; size: number; vocabularyDigest: string; merges: string }[];
}>("training.json");
const data = process.env["NEARFAR_DATA"];

const learnt = (json: object) => {
  const { vocab, merges = [] } = (json as { model: { vocab: Record<string, number>; merges?: [string, string][] } })
    .model;
  const vocabulary = Object.keys(vocab).sort((a, b) => vocab[a]! - vocab[b]!);
  return { vocabulary, merges };
};
const sha = (lines: readonly string[]) => createHash("sha256").update(lines.join("\n")).digest("hex");

describe("trainTokenizer", () => {
  it.each(golden.small)(
    "learns Hugging Face's $model: $vocabulary, from $minFrequency, lower-cased $lowercase",
    ({ texts, expected, ...options }) => expect(learnt(trainTokenizer(texts, options).json)).toEqual(expected),
  );

  it.skipIf(!data)("learns Hugging Face's 8,000 tokens of real texts (needs NEARFAR_DATA)", () => {
    const texts = realTexts(data!);
    for (const { model, vocabulary: most, ...expected } of golden.real) {
      const { vocabulary, merges } = learnt(trainTokenizer(texts, { model, vocabulary: most }).json);
      const pairs = merges.map((pair) => pair.join(" "));
      expect({ size: vocabulary.length, vocabularyDigest: sha(vocabulary), merges: sha(pairs) }, model).toEqual(
        expected,
      );
    }
  });

  it.each(golden.files)("writes the file that Hugging Face's library writes: $model.type", (file) => {
    const { texts, ...options } = golden.small.find(
      (one) => one.vocabulary === 260 && one.model === file.model.type.toLowerCase(),
    )!;
    expect(JSON.parse(JSON.stringify(trainTokenizer(texts, options).json))).toEqual(file);
  });

  const texts = ["the cat sat", "the hat sat", "今天天气好，今天好", "The Café, the café!"];

  it.each(["wordpiece", "bpe"] as const)("reads back what it encoded: %s", (model) => {
    const tokenizer = trainTokenizer(texts, { model, minFrequency: 1 });
    const again = createTokenizer(JSON.parse(JSON.stringify(tokenizer.json)));
    fc.assert(
      fc.property(fc.constantFrom("the cat", "hat sat the", "天气 the"), (text) => {
        expect(again.encode(text)).toEqual(tokenizer.encode(text));
        const spaced = text.replace("天气", "天 气"); // each Chinese character is a word
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(spaced);
      }),
    );
  });

  it("numbers the special tokens first", () => {
    const { special } = trainTokenizer(texts);
    expect(special).toEqual({ pad: 0, unknown: 1, begin: 2, end: 3, mask: 4 });
  });

  it("leaves out the rarest letters where all would fill the vocabulary", () => {
    const tokenizer = trainTokenizer(["aaab aaac"], { vocabulary: 9, minFrequency: 1 });
    expect(learnt(tokenizer.json).vocabulary.slice(5)).toEqual(["a", "b", "##a", "##b"]);
    expect([...tokenizer.encode("c")]).toEqual([1]);
  });

  it("refuses texts without a word and a vocabulary without room", () => {
    expect(() => trainTokenizer(["", " \u200b "])).toThrow(UserError);
    expect(() => trainTokenizer(texts, { vocabulary: 6 })).toThrow(/at least 7 tokens; got 6/);
  });

  it("takes whole words, the most frequent first, and knows no others", () => {
    const texts = ["Arrow-left arrow up", "arrow, UP", "zebra 今天 今"];
    const tokenizer = trainTokenizer(texts, { model: "words", vocabulary: 9 });
    const vocabulary = (tokenizer.json as { model: { vocab: Record<string, number> } }).model.vocab;
    // arrow 3 times; "up" and 今 (each Chinese character is a word) twice, the lower code points first; "zebra", "left", "-" and "," once
    expect(Object.keys(vocabulary)).toEqual(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "arrow", "up", "今"]);
    expect([...tokenizer.encode("arrows ARROW up zebra 今")]).toEqual([1, 5, 6, 1, 7]);
    const all = trainTokenizer(texts, { model: "words", vocabulary: 7 });
    expect(all.vocabularySize).toBe(7);
  });
});
