import { beforeAll, describe, expect, it } from "vitest";
import { stsRegression } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { textLosses } from "./textLosses.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

const { z0, z1, scores } = textLosses;

/** Reimers and Gurevych 2019, section 3: the mean squared error of cosines. */
function transcription(left: Rows, right: Rows, scores: readonly number[]): number {
  const [a, b] = [plain.unit(left), plain.unit(right)];
  return plain.mean(a.map((x, i) => (plain.dot(x, b[i]!) - scores[i]!) ** 2));
}

const engine = (left: Rows, right: Rows, scores: readonly number[]) =>
  value(() => {
    const [a, b] = tensors(left, right);
    return stsRegression(a!, b!, tf.tensor1d([...scores]));
  });

describe("stsRegression", () => {
  it("is sentence-transformers' value", () => {
    const exact = transcription(z0, z1, scores);
    expect(relativeError([exact], [textLosses.value("cosine regression")])).toBeLessThan(1e-9);
    expect(relativeError([engine(z0, z1, scores)], [exact])).toBeLessThan(1e-5);
  });

  it("is 0 for equal rows of score 1 and opposite ones of -1, 4 the other way round", () => {
    const opposite = z0.map((row, i) => row.map((x) => (i % 2 ? -2 * x : 3 * x)));
    expect(engine(z0, opposite, [1, -1, 1, -1])).toBeCloseTo(0, 6);
    expect(engine(z0, opposite, [-1, 1, -1, 1])).toBeCloseTo(4, 5); // (1 - -1)²
  });

  it("has the gradient of its differences", () => {
    const loss = (a: tf.Tensor, b: tf.Tensor) => stsRegression(a as tf.Tensor2D, b as tf.Tensor2D, tf.tensor1d(scores));
    expect(checkGradient(loss, tensors(z0, z1))).toBeLessThan(1e-2);
  });

  it("names the shapes where they do not meet", () => {
    const a = tf.zeros<tf.Rank.R2>([4, 6]);
    expect(() => stsRegression(a, a, tf.zeros([5]))).toThrow("stsRegression: scores are one per pair, [4]; got [5].");
  });
});
