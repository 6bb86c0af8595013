import { loadEngine, quickGelu, type Scalar, tf } from "@nearfar/tensor";
import { checkGradient } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { expectTorch } from "./torch.ts";

beforeAll(() => void loadEngine());

describe("quickGelu", () => {
  it("has PyTorch's values and gradient", () => expectTorch("quickGelu", ({ x }) => quickGelu(x!)));

  it("meets finite differences", () => {
    tf.tidy(() => {
      const x = tf.tensor1d([-3, -1, -0.1, 0, 0.1, 1, 3]);
      expect(checkGradient((x) => tf.sum(tf.square(quickGelu(x!))) as Scalar, [x])).toBeLessThan(1e-2);
    });
  });

  it("is odd about x / 2: f(x) - f(-x) = x", () => {
    tf.tidy(() => {
      const x = tf.linspace(-4, 4, 33);
      const difference = tf.sub(tf.sub(quickGelu(x), quickGelu(tf.neg(x))), x);
      expect(Math.max(...tf.abs(difference).dataSync())).toBeLessThan(1e-6);
    });
  });

  it("stays finite far out", () => {
    tf.tidy(() => {
      const [left, right] = quickGelu(tf.tensor1d([-1e4, 1e4])).dataSync();
      expect([left! + 0, right]).toEqual([0, 1e4]); // -0 is 0
    });
  });
});
