import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openModel, packTokens, type SentenceModel, type Transformer } from "@nearfar/encoders";
import { loadEngine, tf } from "@nearfar/tensor";
import { miniLm, relativeError } from "@nearfar/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const { path, missing, reason } = miniLm();

// Source: golden/makeMiniLm.py, sentence-transformers 6.2.0 in float64 with the real all-MiniLM-L6-v2.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, "golden/miniLm.json"), "utf8")) as {
  texts: string[];
  tokens: number[];
  vectors: number[][];
  first: number[][];
  last: number[][];
};

describe.skipIf(missing)(`the real all-MiniLM-L6-v2 ${reason}`, () => {
  let model: SentenceModel;
  beforeAll(async () => {
    loadEngine();
    model = await openModel(path);
  });
  afterAll(() => model.dispose());

  it("gives sentence-transformers' vectors", async () => {
    const { data } = await model.encode(golden.texts);
    expect(model.truncated).toBe(1);
    golden.vectors.forEach(
      (vector, i) =>
        expect(relativeError(data.slice(i * 384, (i + 1) * 384), vector), golden.texts[i]).toBeLessThan(1e-5), // float32 against float64
    );
  });

  it("has its token states", () => {
    const { encoder, params, tokenizer, config } = model;
    const lists = golden.texts.map((text) => tokenizer.wrap(tokenizer.encode(text), config.maxTokens));
    expect(lists.map(({ length }) => length)).toEqual(golden.tokens);
    tf.tidy(() => {
      const states = (encoder as Transformer).hidden(params, packTokens(lists), { training: false });
      let at = 0;
      lists.forEach(({ length }, i) => {
        const [first, last] = [at, at + length - 1].map((row) => tf.slice(states, [row, 0], [1, -1]).dataSync());
        expect(relativeError(first!, golden.first[i]!)).toBeLessThan(1e-4); // issue 4's bound
        expect(relativeError(last!.slice(0, 8), golden.last[i]!)).toBeLessThan(1e-4);
        at += length;
      });
    });
  });
});
