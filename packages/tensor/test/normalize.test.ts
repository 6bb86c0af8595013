import { loadEngine, normalize, type Scalar, type Tensor2D, tf } from "@nearfar/tensor";
import { checkGradient } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { expectTorch } from "./torch.ts";

beforeAll(() => void loadEngine());

describe("normalize", () => {
  it("has PyTorch's values and gradient", () => expectTorch("normalize", ({ x }) => normalize(x as Tensor2D)));

  it("meets finite differences", () => {
    tf.tidy(() => {
      const toward = tf.tensor2d([1, -2, 0.5, 3, 1, 1], [2, 3]);
      const f = (x: unknown) => tf.sum(tf.mul(normalize(x as Tensor2D), toward)) as Scalar;
      expect(checkGradient(f, [tf.tensor2d([1, 2, 3, 0.5, -1, 0.5], [2, 3])])).toBeLessThan(1e-2);
    });
  });

  it("has rows of length 1 whose gradient is across them", () => {
    tf.tidy(() => {
      const x = tf.tensor2d([3, 4, 1e-6, 0, 1e6, 1e6], [3, 2]);
      const y = normalize(x);
      for (const length of tf.norm(y, 2, 1).dataSync()) expect(length).toBeCloseTo(1, 6);
      const gradient = tf.grad((x) =>
        tf.sum(tf.mul(normalize(x as Tensor2D), tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]))),
      )(x);
      const along = tf.sum(tf.mul(tf.mul(gradient, tf.norm(x, 2, 1, true)), y), 1); // in units of 1 / |x|
      for (const value of along.dataSync()) expect(Math.abs(value)).toBeLessThan(1e-5);
    });
  });

  it("of a row of zeros is zeros, with a finite gradient", () => {
    tf.tidy(() => {
      const x: Tensor2D = tf.zeros([1, 3]);
      expect(Array.from(normalize(x).dataSync())).toEqual([0, 0, 0]);
      const gradient = tf.grad((x) => tf.sum(normalize(x as Tensor2D)))(x);
      expect(Array.from(gradient.dataSync()).every(Number.isFinite)).toBe(true);
    });
  });
});
