import { staticEmbedding } from "@nearfar/encoders";
import { angle, cosent, stsRegression } from "@nearfar/losses";
import { cosentPairs, type CosentPairsOptions, type GradedPairs } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { columnsOf, noisyTexts, WORDS } from "./noisyTexts.ts";

const encoder = staticEmbedding({ vocabularySize: WORDS, dimensions: 16 });
const scores = [0.2, 0.9, 0.4, 0.5];
const pairs = (rows: number[]): GradedPairs => ({
  tokens: columnsOf(["left", "right"].map((name) => rows.map((i) => noisyTexts(name)[i]!))).tokens,
  scores: tf.tensor1d(rows.map((i) => scores[i]!)),
});

beforeAll(() => void loadEngine());

describe("cosentPairs", () => {
  it("has the loss that it is told, cosent unless told", () => {
    const [left, right] = ["a", "b"].map((name) => tf.tensor2d(Float32Array.from(noise(name, 24)), [4, 6])) as [
      Tensor2D,
      Tensor2D,
    ];
    const z = { left, right, scores: tf.tensor1d(scores) };
    const loss = (options: Partial<CosentPairsOptions>) =>
      cosentPairs({ encoder, ...options })
        .objective({}, {}, z)
        .loss.dataSync()[0]!;
    expect(loss({})).toBe(cosent(left, right, z.scores, { temperature: 0.05 }).dataSync()[0]!); // scale 20
    expect(loss({ loss: "angle", temperature: 0.3 })).toBe(
      angle(left, right, z.scores, { temperature: 0.3 }).dataSync()[0]!,
    );
    expect(loss({ loss: "regression" })).toBe(stsRegression(left, right, z.scores).dataSync()[0]!);
  });

  it("keeps a pair's texts and score together", () => {
    const method = cosentPairs({ encoder });
    const { params } = method.init(key(1));
    const loss = (rows: number[]) =>
      method.objective(params, {}, method.embed(params, {}, pairs(rows), { training: false })).loss.dataSync()[0]!;
    expect(relativeError([loss([2, 0, 3, 1])], [loss([0, 1, 2, 3])])).toBeLessThan(1e-5); // a batch has no order
  });
});

for (const loss of ["cosent", "angle", "regression"] as const)
  methodContract(cosentPairs({ encoder, loss }).name, () => cosentPairs({ encoder, loss }), {
    batch: () => pairs([0, 1, 2, 3]),
    parts: () => [pairs([0]), pairs([1, 2]), pairs([3])],
  });
