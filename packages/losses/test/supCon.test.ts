import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ntXent, supCon } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { losses } from "./goldenLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

/** Khosla et al. 2020, eq. 2: the mean over i of -1/|P(i)| Σ_{p in P(i)} log( exp(s_ip / T) / Σ_{a≠i} exp(s_ia / T) ). */
function transcription(views: Rows, labels: readonly number[], temperature: number): number {
  const z = plain.unit(views);
  const s = (i: number, j: number) => plain.dot(z[i]!, z[j]!) / temperature;
  const each = [...z.keys()].flatMap((i) => {
    const others = [...z.keys()].filter((a) => a !== i);
    const positives = others.filter((p) => labels[p] === labels[i]);
    const all = others.map((a) => s(i, a));
    return positives.length === 0 ? [] : [plain.mean(positives.map((p) => plain.crossEntropy(s(i, p), all)))];
  });
  return plain.mean(each);
}

const engine = (views: Rows, labels: readonly number[], temperature?: number) =>
  value(() => supCon(tensors(views)[0]!, tf.tensor1d([...labels], "int32"), { temperature }));

describe("supCon", () => {
  const { z0, z1, labels } = losses.inputs;
  const views = [...z0, ...z1];
  const twice = [...labels, ...labels];

  it("at its default temperature 0.1 is the golden value", () => {
    const exact = transcription(views, twice, 0.1);
    expect(relativeError([exact], [losses["supcon(t=0.1,labels)"]])).toBeLessThan(1e-9);
    expect(relativeError([engine(views, twice)], [exact])).toBeLessThan(1e-5);
  });

  it("is the transcription on random batches and labels", () => {
    const labelled = batch(2).chain(([a, b]) => {
      const rows = [...a!, ...b!];
      const labels = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: rows.length, maxLength: rows.length });
      return fc.tuple(fc.constant(rows), labels); // 4 rows or more of 3 labels: at least one pair
    });
    const property = fc.property(labelled, fc.constantFrom(0.1, 1), ([rows, labels], temperature) => {
      const exact = transcription(rows, labels, temperature);
      expect(relativeError([engine(rows, labels, temperature)], [exact])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("with the image's index as label is ntXent", () => {
    const [a, b] = tensors(z0, z1);
    const index = [0, 1, 2, 3, 0, 1, 2, 3]; // two views of each of four images, unlabelled
    const unlabelled = value(() => ntXent(a!, b!, { temperature: 0.1 }));
    expect(relativeError([engine(views, index)], [unlabelled])).toBeLessThan(1e-6);
  });

  it("leaves a view that is alone with its label out of the mean, and counts it as a candidate", () => {
    const labels = [0, 0, 1];
    const rows = [
      [1, 0],
      [1, 0],
      [0, 1],
    ];
    expect(engine(rows, labels, 1)).toBeCloseTo(Math.log(1 + Math.exp(-1)), 6); // eq. 2 by hand: -log(e / (e + 1)) for both of label 0
  });

  it("without any positive is 0, and so is its gradient", () => {
    const gradient = tf.grad((z: tf.Tensor) => supCon(z as tf.Tensor2D, [0, 1, 2, 3]))(tensors(z0)[0]!);
    expect(engine(z0, [0, 1, 2, 3])).toBe(0); // a sum over no anchor
    expect([...gradient.dataSync()].every((x) => x === 0)).toBe(true);
  });

  it("asks for an int32 label per view", () => {
    expect(() => supCon(tf.zeros([4, 3]), [0, 1])).toThrow(
      "infoNce: positive.anchors needs one number per row, [4]; got [2].",
    );
    expect(() => supCon(tf.zeros([2, 3]), tf.tensor1d([0, 1]))).toThrow(/is int32; got float32/);
  });
});
