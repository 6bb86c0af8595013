import { staticEmbedding } from "@nearfar/encoders";
import { simcse, withMaskedLanguageModel } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { columnsOf, noisyColumns, noisyMasked, noisyTexts, WORDS } from "./noisyTexts.ts";
import { tinyBert } from "./tinyBert.ts";

const encoder = tinyBert("cls");
const make = (weight?: number) =>
  withMaskedLanguageModel(simcse({ encoder }), { encoder, ...(weight === undefined ? {} : { weight }) });
const batch = () => ({ ...noisyColumns("sentences", "sentences"), masked: noisyMasked("sentences").masked });

beforeAll(() => void loadEngine());

describe("withMaskedLanguageModel", () => {
  it("adds the weighted cross-entropy to the loss, and logs both", () => {
    const { params } = make().init(key(1));
    const terms = (weight?: number) => {
      const method = make(weight);
      const { loss, log } = method.objective(params, {}, method.embed(params, {}, batch(), { training: false }));
      return [loss, log.contrastive!, log.masked!].map((scalar) => scalar.dataSync()[0]!) as [number, number, number];
    };
    const [loss, contrastive, masked] = terms();
    expect(relativeError([loss], [contrastive + 0.1 * masked])).toBeLessThan(1e-6); // princeton-nlp/SimCSE's mlm_weight
    expect(relativeError([terms(2)[0]], [contrastive + 2 * masked])).toBeLessThan(1e-6);
    // First weights are small: all words are about as likely.
    expect(Math.abs(masked / Math.log(WORDS) - 1)).toBeLessThan(0.05);
    const inner = simcse({ encoder });
    const alone = inner.objective(params, {}, inner.embed(params, {}, batch(), { training: false })).loss;
    expect(relativeError([contrastive], [alone.dataSync()[0]!])).toBeLessThan(1e-6);
  });

  it("predicts with the encoder's own table of words", () => {
    const { params } = make().init(key(1));
    const shapes = (tree: object): unknown =>
      Object.fromEntries(
        Object.entries(tree).map(([name, leaf]) => [name, leaf instanceof tf.Tensor ? leaf.shape : shapes(leaf)]),
      );
    expect(shapes(params.predictions as object)).toEqual({
      bias: [WORDS],
      transform: { dense: { weight: [16, 16], bias: [16] }, LayerNorm: { weight: [16], bias: [16] } },
    }); // Hugging Face's cls.predictions, its decoder tied
  });

  it("says what it needs of an encoder", () => {
    const table = staticEmbedding({ vocabularySize: WORDS, dimensions: 16 });
    const method = withMaskedLanguageModel(simcse({ encoder: table }), { encoder: table as never });
    expect(() => method.init(key(1))).toThrow(
      "withMaskedLanguageModel: an encoder with a leaf word_embeddings.weight is needed; got embedding.weight. Is it a transformer?",
    );
  });
});

methodContract("simcse-mlm", make, {
  batch,
  parts: () => {
    const { lists } = noisyMasked("sentences");
    const whole = batch().masked;
    const [places, words] = [whole.places, whole.words].map((tensor) => [...tensor.dataSync()]) as [number[], number[]];
    let start = 0;
    return lists.map((list, i) => {
      const inside = [...places.keys()].filter((k) => places[k]! >= start && places[k]! < start + list.length);
      const part = {
        ...columnsOf([[noisyTexts("sentences")[i]!], [noisyTexts("sentences")[i]!]]),
        masked: {
          tokens: columnsOf([[list]]).tokens,
          places: tf.tensor1d(
            inside.map((k) => places[k]! - start),
            "int32",
          ),
          words: tf.tensor1d(
            inside.map((k) => words[k]!),
            "int32",
          ),
        },
      };
      start += list.length;
      return part;
    });
  },
});
