import { conv2d, loadEngine, type Scalar, type Tensor4D, tf } from "@nearfar/tensor";
import { checkGradient } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { expectTorch, torch } from "./torch.ts";

beforeAll(() => void loadEngine());

const cases = Object.keys(torch).filter((name) => name.startsWith("conv2d"));

describe("conv2d", () => {
  it.each(cases)("%s: PyTorch's values and gradients", (name) => {
    const stride = Number(name.slice(-1));
    expectTorch(name, ({ x, filter }) => conv2d(x as Tensor4D, filter as Tensor4D, { stride }));
  });

  it("meets finite differences", () => {
    tf.tidy(() => {
      const x = tf.reshape(tf.cos(tf.range(0, 25)), [1, 5, 5, 1]);
      const filter = tf.reshape(tf.sin(tf.range(0, 18)), [3, 3, 1, 2]);
      const f = (x: unknown, filter: unknown) =>
        tf.sum(tf.square(conv2d(x as Tensor4D, filter as Tensor4D, { stride: 2 }))) as Scalar;
      expect(checkGradient(f, [x, filter])).toBeLessThan(1e-2);
    });
  });

  it("refuses even and oblong kernels", () => {
    tf.tidy(() => {
      const x: Tensor4D = tf.zeros([1, 4, 4, 1]);
      expect(() => conv2d(x, tf.zeros([2, 2, 1, 1]))).toThrow(/square and odd; got \[2,2,1,1\]/);
      expect(() => conv2d(x, tf.zeros([3, 1, 1, 1]))).toThrow(RangeError);
    });
  });
});
