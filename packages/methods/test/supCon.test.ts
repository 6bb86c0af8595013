import { mlp, staticEmbedding } from "@nearfar/encoders";
import { supCon as supConLoss } from "@nearfar/losses";
import { supCon } from "@nearfar/methods";
import { loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { noise } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { columnsOf, noisyTexts, WORDS } from "./noisyTexts.ts";

const encoder = staticEmbedding({ vocabularySize: WORDS, dimensions: 16 });
const labels = [0, 1, 0, 1];
const labelled = (rows: number[]) => ({
  input: columnsOf([rows.map((i) => noisyTexts("labelled")[i]!)]).tokens,
  labels: tf.tensor1d(
    rows.map((i) => labels[i]!),
    "int32",
  ),
});

beforeAll(() => void loadEngine());

describe("supCon", () => {
  it("is the loss of its embeddings and labels, temperature 0.1 unless told", () => {
    const z = tf.tensor2d(Float32Array.from(noise("z", 24)), [4, 6]) as Tensor2D;
    const loss = (temperature?: number) =>
      supCon({ encoder, ...(temperature === undefined ? {} : { temperature }) })
        .objective({}, {}, { z, labels: labelled([0, 1, 2, 3]).labels })
        .loss.dataSync()[0]!;
    expect(loss()).toBe(supConLoss(z, labels, { temperature: 0.1 }).dataSync()[0]!); // Khosla et al. 2020
    expect(loss(0.5)).toBe(supConLoss(z, labels, { temperature: 0.5 }).dataSync()[0]!);
  });
});

methodContract("sup-con", () => supCon({ encoder, projector: mlp([16, 8]) }), {
  batch: () => labelled([0, 1, 2, 3]),
  parts: () => [labelled([0]), labelled([1, 2]), labelled([3])],
});
