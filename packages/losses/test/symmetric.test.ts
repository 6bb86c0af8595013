import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { symmetric, type SymmetricOptions } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { losses, peerLosses } from "./goldenLosses.ts";
import { pairLosses } from "./pairLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

/**
 * Radford et al. 2021, figure 3: logits of unit rows, cross-entropy along both axes, their mean; with several positives as Yang et al. 2022, section
 * 3: the mean over them.
 */
function transcription([left, right]: Rows[], temperature: number, groups = [...left!.keys()]): number {
  const [a, b] = [plain.unit(left!), plain.unit(right!)];
  const logits = a.map((x) => b.map((y) => plain.dot(x, y) / temperature));
  const together = (i: number, j: number) => groups[i] === groups[j % a.length];
  const rows = logits.map((row, i) =>
    plain.mean(row.filter((_, j) => together(i, j)).map((logit) => plain.crossEntropy(logit, row))),
  );
  const columns = b.map((_, j) => {
    const column = logits.map((row) => row[j]!);
    return plain.mean(column.filter((_, i) => together(i, j)).map((logit) => plain.crossEntropy(logit, column)));
  });
  return (plain.mean(rows) + plain.mean(columns)) / 2;
}

const engine = (sides: Rows[], options: SymmetricOptions = {}) =>
  value(() => {
    const [left, right] = tensors(...sides);
    return symmetric(left!, right!, options);
  });

describe("symmetric", () => {
  const { z0, z1 } = losses.inputs;
  const cases = [
    { temperature: 0.07, golden: losses.clip["scale=1/0.07"]! },
    { temperature: 1, golden: losses.clip["scale=1"]! },
    { temperature: 0.01, golden: losses.clip["scale=100"]! },
    { temperature: 0.05, golden: peerLosses["infonce symmetric t=.05"]! },
  ];

  it.each(cases)("at temperature $temperature is the golden value", ({ temperature, golden }) => {
    const exact = transcription([z0, z1], temperature);
    expect(relativeError([exact], [golden])).toBeLessThan(1e-9);
    expect(relativeError([engine([z0, z1], { temperature })], [exact])).toBeLessThan(1e-5);
  });

  it("has temperature 0.07 unless told", () => {
    expect(relativeError([engine([z0, z1])], [losses.clip["scale=1/0.07"]!])).toBeLessThan(1e-5); // open_clip's initial scale
  });

  it("is the transcription on random batches", () => {
    const property = fc.property(batch(2), fc.constantFrom(0.1, 0.5, 1), (sides, temperature) => {
      expect(relativeError([engine(sides, { temperature })], [transcription(sides, temperature)])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("does not care which side is left", () => {
    expect(relativeError([engine([z1, z0])], [engine([z0, z1])])).toBeLessThan(1e-6); // figure 3 averages both axes
  });

  it("learns its temperature as exp(-logScale)", () => {
    const [left, right] = tensors(z0, z1);
    const loss = (logScale: tf.Tensor) =>
      symmetric(left!, right!, { temperature: tf.exp(tf.neg(logScale)) as tf.Scalar });
    const logScale = tf.scalar(Math.log(1 / 0.07)); // where open_clip starts
    expect(relativeError([value(() => loss(logScale))], [losses.clip["scale=1/0.07"]!])).toBeLessThan(1e-5);
    expect(checkGradient(loss, [logScale])).toBeLessThan(1e-2);
  });

  it("names both shapes where they do not meet", () => {
    expect(() => symmetric(tf.zeros([4, 3]), tf.zeros([3, 3]))).toThrow(
      "symmetric: each left needs one right, or as many as every other; got [4, 3] and [3, 3]. Was a batch dropped on one side?",
    );
    expect(() => symmetric(tf.zeros([4, 3]), tf.zeros([6, 3]))).toThrow("got [4, 3] and [6, 3].");
    expect(() => symmetric(tf.zeros([4, 3]), tf.zeros([0, 3]))).toThrow("got [4, 3] and [0, 3].");
    expect(() => symmetric(tf.zeros([4, 3]), tf.zeros([4, 2]))).toThrow("Do both sides end in the same dimension?");
    expect(() => symmetric(tf.zeros([4]) as unknown as tf.Tensor2D, tf.zeros([4, 2]))).toThrow(
      "embeddings are [n, d]; got [4] and [4, 2].",
    );
  });
});

describe("symmetric, with several positives", () => {
  const { images, texts, captions, groups } = pairLosses;

  it.each([
    { name: "clip, two captions", sides: [images, captions] },
    { name: "clip, groups", sides: [images, texts], groups },
    { name: "clip, two captions, groups", sides: [images, captions], groups },
  ])("$name: is the golden value", ({ name, sides, groups }) => {
    const exact = transcription(sides, 0.07, groups);
    expect(relativeError([exact], [pairLosses.value(name)])).toBeLessThan(1e-9);
    expect(relativeError([engine(sides, { groups })], [exact])).toBeLessThan(1e-5);
    const labels = groups && tf.tensor1d(groups, "int32");
    expect(engine(sides, { groups: labels })).toBe(engine(sides, { groups }));
  });

  it("is the transcription on random batches of three captions and labels", () => {
    const property = fc.property(batch(4), fc.constantFrom(0.1, 1), ([left, ...right], temperature) => {
      const sides = [left!, right.flat()];
      for (const groups of [undefined, left!.map((_, i) => i % 2)])
        expect(
          relativeError([engine(sides, { temperature, groups })], [transcription(sides, temperature, groups)]),
        ).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("is the loss of single pairs where every left is a group of its own, and where all captions are one", () => {
    expect(engine([images, texts], { groups: [7, 3, 5, 1] })).toBe(engine([images, texts]));
    // The same captions twice: the softmax over them is half as high, ln 2 more in one of two directions.
    const twice = engine([images, [...texts, ...texts]]);
    expect(relativeError([twice], [engine([images, texts]) + Math.LN2 / 2])).toBeLessThan(1e-6);
  });

  it("is (ln n + ln m) / 2 for collapsed embeddings, grouped or not", () => {
    for (const options of [{}, { groups }])
      expect(value(() => symmetric(tf.ones([4, 6]), tf.ones([12, 6]), options))).toBeCloseTo(Math.log(48) / 2, 5);
  });

  it("pushes no caption of a picture away from it where its captions are equally near", () => {
    // One picture, two captions as near to it: with no other picture nothing is to be learnt.
    const [image, both] = tensors([[1, 0]], [[1, 1], [1, -1]]); // prettier-ignore
    const gradient = tf.grad((texts: tf.Tensor) => symmetric(image!, texts as tf.Tensor2D))(both!);
    for (const x of gradient.dataSync()) expect(Math.abs(x)).toBeLessThan(1e-6);
  });

  it("has the gradient of its differences", () => {
    const [left, right] = tensors(images, captions);
    const f = (...[a, b, temperature]: tf.Tensor[]) =>
      symmetric(a as tf.Tensor2D, b as tf.Tensor2D, { groups, temperature: temperature as tf.Scalar });
    expect(checkGradient(f, [left!, right!, tf.scalar(0.5)])).toBeLessThan(1e-2);
  });

  it("asks for a label per left", () => {
    expect(() => symmetric(tf.zeros([4, 3]), tf.zeros([4, 3]), { groups: [0, 1] })).toThrow(
      "infoNce: groups needs one number per row, [4]; got [2].",
    );
  });
});
