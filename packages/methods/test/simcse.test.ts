import { staticEmbedding, transformer } from "@nearfar/encoders";
import { inBatch } from "@nearfar/losses";
import { simcse } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { loadEngine, seedOf, statistics, tf, type Params, type Tensor2D } from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { columnsOf, noisyColumns, noisyTexts, WORDS } from "./noisyTexts.ts";
import { textGolden } from "./textGolden.ts";
import { tanhHead, tinyBert } from "./tinyBert.ts";
import { expectTrajectory } from "./trajectory.ts";

const make = () => simcse({ encoder: tinyBert("cls"), head: tanhHead });
const twice = (name: string) => noisyColumns(name, name);

beforeAll(() => void loadEngine());

describe("simcse", () => {
  it("takes three steps to the losses and weights of a BERT under sentence-transformers' loss", () => {
    const batch = (step: number) => twice(`sentences ${step}`);
    expectTrajectory(make(), textGolden("simcse"), { batch, rate: 0.2, momentum: 0 });
  });

  it("gives the two passes of a sentence two dropout masks, in training alone", () => {
    const encoder = transformer({ ...tinyBert("cls").config, hiddenDropout: 0.1, attentionDropout: 0.1 });
    const method = simcse({ encoder });
    const { params } = method.init(key(1));
    const columns = (training: boolean) => {
      const mode = training
        ? ({ training, seed: seedOf(key(2)), statistics: statistics() } as const)
        : ({ training } as const);
      const { 0: first, 1: second } = method.embed(params, {}, twice("sentences"), mode);
      return [first!.dataSync(), second!.dataSync()] as const;
    };
    expect(relativeError(...columns(true))).toBeGreaterThan(1e-2);
    expect(relativeError(...columns(false))).toBeLessThan(1e-6);
  });

  it("keeps the head apart from the encoder, whose own rows a kept model gives", () => {
    const method = make();
    const { params } = method.init(key(1));
    expect(Object.keys(params)).toEqual(["encoder", "head"]);
    const batch = twice("sentences");
    const h = tinyBert("cls").apply(params.encoder as Params, batch.tokens, { training: false });
    const z = method.embed(params, {}, batch, { training: false });
    const headed = tanhHead.apply(params.head as Params, h, { training: false });
    expect(relativeError(tf.concat(Object.values<Tensor2D>(z), 0).dataSync(), headed.dataSync())).toBeLessThan(1e-6);
    expect(Object.keys(simcse({ encoder: tinyBert("cls") }).init(key(1)).params)).toEqual(["encoder"]);
  });

  it("has temperature 0.05 unless told, and passes it and its prefixes on", () => {
    const encoder = staticEmbedding({ vocabularySize: WORDS, dimensions: 6 });
    const [a, b] = ["a", "b"].map((name) => tf.tensor2d(Float32Array.from(noise(name, 24)), [4, 6])) as [
      Tensor2D,
      Tensor2D,
    ];
    const loss = (options = {}) =>
      simcse({ encoder, ...options })
        .objective({}, {}, { 0: a, 1: b })
        .loss.dataSync()[0]!;
    const exact = (temperature: number) => inBatch(a, b, { temperature }).dataSync()[0]!;
    expect(loss()).toBe(exact(0.05)); // princeton-nlp/SimCSE
    expect(loss({ temperature: 0.2 })).toBe(exact(0.2));
    expect(loss({ dimensions: [6] })).toBeCloseTo(exact(0.05), 4); // a prefix of all dimensions is the embedding
    expect(loss({ dimensions: [6, 3] })).toBeGreaterThan(loss({ dimensions: [6] }));
  });

  it("takes two columns, no hard negatives", () => {
    const { params } = make().init(key(1));
    expect(() => make().embed(params, {}, noisyColumns("a", "b", "c"), { training: false })).toThrow(
      "simcse: an example has 2 texts; got 3.",
    );
  });
});

methodContract("simcse", make, {
  batch: () => twice("sentences"),
  parts: () => noisyTexts("sentences").map((text) => columnsOf([[text], [text]])),
});
