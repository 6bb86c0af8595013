import { staticEmbedding } from "@nearfar/encoders";
import { ntXent } from "@nearfar/losses";
import { declutr, withMaskedLanguageModel } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { columnsOf, noisyColumns, noisyMasked, noisyTexts, WORDS } from "./noisyTexts.ts";
import { textGolden } from "./textGolden.ts";
import { tinyBert } from "./tinyBert.ts";
import { expectTrajectory } from "./trajectory.ts";

const encoder = staticEmbedding({ vocabularySize: WORDS, dimensions: 16 });
const names = ["anchors", "positives0", "positives1"];

beforeAll(() => void loadEngine());

describe("declutr, against the authors' loss", () => {
  it("takes three steps to the same losses and weights", () => {
    const batch = (step: number) => noisyColumns(...names.map((name) => `${name} ${step}`));
    expectTrajectory(declutr({ encoder }), textGolden("spans"), { batch, rate: 0.05, momentum: 0 });
  });

  it("does so with a BERT and masked language modelling over the anchors", () => {
    const bert = tinyBert("mean");
    const method = withMaskedLanguageModel(declutr({ encoder: bert }), { encoder: bert, weight: 1 });
    const batch = (step: number) => {
      const { lists, masked } = noisyMasked(`anchors ${step}`);
      return { ...columnsOf([lists, ...names.slice(1).map((name) => noisyTexts(`${name} ${step}`))]), masked };
    };
    expectTrajectory(method, textGolden("declutr"), { batch, rate: 0.2, momentum: 0 });
  });
});

describe("declutr", () => {
  it("averages an anchor's positives, in any order of the columns", () => {
    const method = declutr({ encoder });
    const { params } = method.init(key(1));
    const z = method.embed(params, {}, noisyColumns(...names), { training: false });
    const [a, p, q] = names.map((name) =>
      encoder.apply(params.encoder as never, columnsOf([noisyTexts(name)]).tokens, { training: false }),
    ) as [Tensor2D, Tensor2D, Tensor2D];
    const mean = tf.div<Tensor2D>(tf.add(p, q), 2); // declutr/model.py: torch.mean over an anchor's positives
    expect(relativeError(z[1]!.dataSync(), mean.dataSync())).toBeLessThan(1e-6);
    const loss = method.objective(params, {}, z).loss.dataSync()[0]!;
    expect(relativeError([loss], [ntXent(a, mean, { temperature: 0.05 }).dataSync()[0]!])).toBeLessThan(1e-5);
    expect(method.watched(z).shape).toEqual([8, 16]);
  });
});

methodContract("declutr", () => declutr({ encoder }), {
  batch: () => noisyColumns(...names),
  parts: () => [0, 1, 2, 3].map((i) => columnsOf(names.map((name) => [noisyTexts(name)[i]!]))),
});
