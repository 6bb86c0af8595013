import { linear, loadEngine, type Scalar, type Tensor, type Tensor1D, type Tensor2D, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("linear", () => {
  const inputs = () =>
    [
      tf.tensor2d([1, 2, -1, 0.5, 0, 3], [2, 3]),
      tf.tensor2d([1, 0, 0.5, -1, 2, 1], [3, 2]),
      tf.tensor1d([0.25, -2]),
    ] as const;

  it("is the product and the shift", () => {
    tf.tidy(() => {
      const [x, weight, bias] = inputs();
      // by hand: [1·1 + 2·0.5 - 1·2, 1·0 - 2·1 - 1·1] + bias, ...
      expect(relativeError(linear({ weight, bias }, x).dataSync(), [0.25, -5, 6.75, 1])).toBeLessThan(1e-6);
    });
  });

  it("meets finite differences in all three", () => {
    tf.tidy(() => {
      const f = (...[x, weight, bias]: Tensor[]) =>
        tf.sum(tf.square(linear({ weight: weight as Tensor2D, bias: bias as Tensor1D }, x as Tensor2D))) as Scalar;
      expect(checkGradient(f, [...inputs()])).toBeLessThan(1e-2);
    });
  });
});
