import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { symmetric } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { losses, peerLosses } from "./goldenLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

/** Radford et al. 2021, figure 3: logits of unit rows, cross-entropy along both axes with the diagonal as labels, their mean. */
function transcription([left, right]: Rows[], temperature: number): number {
  const [a, b] = [plain.unit(left!), plain.unit(right!)];
  const logits = a.map((x) => b.map((y) => plain.dot(x, y) / temperature));
  const rows = logits.map((row, i) => plain.crossEntropy(row[i]!, row));
  const columns = logits.map((row, i) =>
    plain.crossEntropy(
      row[i]!,
      logits.map((other) => other[i]!),
    ),
  );
  return (plain.mean(rows) + plain.mean(columns)) / 2;
}

const engine = (sides: Rows[], temperature?: number) =>
  value(() => {
    const [left, right] = tensors(...sides);
    return symmetric(left!, right!, { temperature });
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
    expect(relativeError([engine([z0, z1], temperature)], [exact])).toBeLessThan(1e-5);
  });

  it("has temperature 0.07 unless told", () => {
    expect(relativeError([engine([z0, z1])], [losses.clip["scale=1/0.07"]!])).toBeLessThan(1e-5); // open_clip's initial scale
  });

  it("is the transcription on random batches", () => {
    const property = fc.property(batch(2), fc.constantFrom(0.1, 0.5, 1), (sides, temperature) => {
      expect(relativeError([engine(sides, temperature)], [transcription(sides, temperature)])).toBeLessThan(1e-5);
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

  it("names both shapes where they differ", () => {
    expect(() => symmetric(tf.zeros([4, 3]), tf.zeros([3, 3]))).toThrow(
      "symmetric: both sides need one row per pair; got [4, 3] and [3, 3]. Was a batch dropped on one side?",
    );
  });
});
