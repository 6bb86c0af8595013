import { staticEmbedding } from "@nearfar/encoders";
import { inBatch } from "@nearfar/losses";
import { simcseSupervised } from "@nearfar/methods";
import { loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { columnsOf, noisyColumns, noisyTexts, WORDS } from "./noisyTexts.ts";
import { textGolden } from "./textGolden.ts";
import { expectTrajectory } from "./trajectory.ts";

const encoder = staticEmbedding({ vocabularySize: WORDS, dimensions: 16 });
const names = ["anchors", "positives", "hard0"];

beforeAll(() => void loadEngine());

describe("simcseSupervised", () => {
  it("takes three steps to sentence-transformers' losses and weights, with hard negatives of weight 0", () => {
    const batch = (step: number) => noisyColumns(...[...names, "hard1"].map((name) => `${name} ${step}`));
    const golden = textGolden("pairs, two columns of hard negatives");
    expectTrajectory(simcseSupervised({ encoder }), golden, { batch, rate: 0.05, momentum: 0 });
  });

  it("passes its weight and temperature on, and takes pairs too", () => {
    const z = ["a", "b", "c"].map((name) => tf.tensor2d(Float32Array.from(noise(name, 24)), [4, 6])) as Tensor2D[];
    const [a, p, hard] = z as [Tensor2D, Tensor2D, Tensor2D];
    const options = { hardWeight: 1, temperature: 0.2 };
    const loss = (columns: Tensor2D[]) =>
      simcseSupervised({ encoder, ...options })
        .objective({}, {}, { ...columns })
        .loss.dataSync()[0]!;
    expect(loss(z)).toBe(inBatch(a, p, { hard, ...options }).dataSync()[0]!);
    expect(loss([a, p])).toBe(inBatch(a, p, options).dataSync()[0]!);
  });

  it("knows what chance is with a weight", () => {
    const method = simcseSupervised({ encoder, hardWeight: Math.log(3) });
    const z = (): Tensor2D => tf.zeros([4, 6]);
    // 4 positives, 3 hard negatives of others and one of weight 3: ln 10, Gao et al.'s appendix
    expect(relativeError([method.chance({ 0: z(), 1: z(), 2: z() })!], [Math.log(10)])).toBeLessThan(1e-12);
  });
});

methodContract("simcse-supervised", () => simcseSupervised({ encoder, hardWeight: 1 }), {
  batch: () => noisyColumns(...names),
  parts: () => [0, 1, 2, 3].map((i) => columnsOf(names.map((name) => [noisyTexts(name)[i]!]))),
});
