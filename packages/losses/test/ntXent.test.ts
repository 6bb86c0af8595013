import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ntXent } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { losses } from "./goldenLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

/** Chen et al. 2020, Algorithm 1: l(i, j) with the sum over k ≠ i, the mean over both orders of every pair. */
function transcription([left, right]: Rows[], temperature: number): number {
  const z = plain.unit([...left!, ...right!]);
  const n = left!.length;
  const s = (i: number, j: number) => plain.dot(z[i]!, z[j]!) / temperature;
  const others = (i: number) => [...z.keys()].filter((k) => k !== i);
  const l = (i: number, j: number) =>
    plain.crossEntropy(
      s(i, j),
      others(i).map((k) => s(i, k)),
    );
  return plain.mean([...left!.keys()].flatMap((k) => [l(k, k + n), l(k + n, k)]));
}

const engine = ([left, right]: Rows[], temperature?: number) =>
  value(() => {
    const [a, b] = tensors(left!, right!);
    return ntXent(a!, b!, { temperature });
  });

describe("ntXent", () => {
  const { z0, z1 } = losses.inputs;

  it.each(Object.entries(losses.ntxent))("at temperature %s is the golden value", (key, golden) => {
    const exact = transcription([z0, z1], Number(key));
    expect(relativeError([exact], [golden])).toBeLessThan(1e-9);
    expect(relativeError([engine([z0, z1], Number(key))], [exact])).toBeLessThan(1e-5);
  });

  it("has temperature 0.5 unless told", () => {
    expect(relativeError([engine([z0, z1])], [losses.ntxent["0.5"]!])).toBeLessThan(1e-5); // lightly's default
  });

  it("is the transcription on random batches", () => {
    const property = fc.property(batch(2), fc.constantFrom(0.1, 0.5, 1), (views, temperature) => {
      expect(relativeError([engine(views, temperature)], [transcription(views, temperature)])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("does not care which view is left", () => {
    expect(relativeError([engine([z1, z0])], [engine([z0, z1])])).toBeLessThan(1e-6); // eq. 1 takes both orders
  });

  it("does not let a view compete with itself: of one image only the positive is left", () => {
    expect(engine([[[1, 0]], [[0, 1]]])).toBe(0); // ln(2n - 1) with n = 1
  });

  it("names both shapes where they differ", () => {
    expect(() => ntXent(tf.zeros([64, 128]), tf.zeros([60, 128]))).toThrow(
      "ntXent: both views need one row per image; got [64, 128] and [60, 128]. Was a batch dropped on one side?",
    );
  });
});
