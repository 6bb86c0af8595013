import { layerNorm, loadEngine, type Scalar, type Tensor1D, tf } from "@nearfar/tensor";
import { checkGradient } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { expectTorch } from "./torch.ts";

beforeAll(() => void loadEngine());

describe("layerNorm", () => {
  it("has PyTorch's values and gradients", () =>
    expectTorch("layerNorm", ({ x, weight, bias }) =>
      layerNorm({ weight: weight as Tensor1D, bias: bias as Tensor1D }, x!),
    ));

  it("meets finite differences", () => {
    tf.tidy(() => {
      const x = tf.tensor2d([1, 2, 4, -1, 0.5, 0], [2, 3]);
      const [weight, bias] = [tf.tensor1d([1, 2, 0.5]), tf.tensor1d([0, 1, -1])];
      const f = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
        tf.sum(tf.square(layerNorm({ weight: weight as Tensor1D, bias: bias as Tensor1D }, x))) as Scalar;
      expect(checkGradient(f as never, [x, weight, bias])).toBeLessThan(1e-2);
    });
  });

  it("does not see a row's scale or shift", () => {
    tf.tidy(() => {
      const params = { weight: tf.ones([4]) as Tensor1D, bias: tf.zeros([4]) as Tensor1D };
      const x = tf.tensor2d([1, 2, 3, 5], [1, 4]);
      const moved = layerNorm(params, tf.add(tf.mul(x, 10), 7));
      expect(Math.max(...tf.abs(tf.sub(moved, layerNorm(params, x))).dataSync())).toBeLessThan(1e-4);
    });
  });

  it("of a constant row is its bias", () => {
    tf.tidy(() => {
      const params = { weight: tf.ones([3]) as Tensor1D, bias: tf.tensor1d([1, 2, 3]) };
      expect(Array.from(layerNorm(params, tf.fill([1, 3], 5)).dataSync())).toEqual([1, 2, 3]);
    });
  });
});
