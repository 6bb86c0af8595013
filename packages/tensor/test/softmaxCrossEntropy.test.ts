import { loadEngine, type Scalar, softmaxCrossEntropy, type Tensor2D, tf } from "@nearfar/tensor";
import { checkGradient } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { expectTorch, torch } from "./torch.ts";

beforeAll(() => void loadEngine());

describe("softmaxCrossEntropy", () => {
  it("with columns has PyTorch's values and gradient", () => {
    const name = "softmaxCrossEntropy, columns";
    const labels = tf.tensor1d(torch[name]!.labels!.values, "int32");
    expectTorch(name, ({ x }) => softmaxCrossEntropy(x as Tensor2D, labels));
    labels.dispose();
  });

  it("with distributions has PyTorch's values and gradient", () => {
    const name = "softmaxCrossEntropy, distributions";
    const { values, shape } = torch[name]!.labels!;
    const labels = tf.tensor2d(values, shape as [number, number]);
    expectTorch(name, ({ x }) => softmaxCrossEntropy(x as Tensor2D, labels));
    labels.dispose();
  });

  it("meets finite differences", () => {
    tf.tidy(() => {
      const labels = tf.tensor1d([0, 2], "int32");
      const f = (x: unknown) => tf.sum(tf.square(softmaxCrossEntropy(x as Tensor2D, labels))) as Scalar;
      expect(checkGradient(f, [tf.tensor2d([1, 2, 3, 0, -1, 0.5], [2, 3])])).toBeLessThan(1e-2);
    });
  });

  it("is ln(m) for equal logits, and finite for huge ones", () => {
    tf.tidy(() => {
      const labels = tf.tensor1d([3], "int32");
      expect(softmaxCrossEntropy(tf.fill([1, 7], 2.5), labels).dataSync()[0]).toBeCloseTo(Math.log(7), 6);
      expect(softmaxCrossEntropy(tf.tensor2d([[1e4, 0, 0, -1e4]]), labels).dataSync()[0]).toBeCloseTo(2e4, 0);
    });
  });

  it("refuses labels that do not meet the logits", () => {
    tf.tidy(() => {
      const logits: Tensor2D = tf.zeros([2, 3]);
      expect(() => softmaxCrossEntropy(logits, tf.tensor1d([0, 0, 0], "int32"))).toThrow(
        /got logits \[2, 3\], labels \[3\]/,
      );
      expect(() => softmaxCrossEntropy(logits, tf.tensor2d([1, 0, 1, 0], [2, 2]))).toThrow(RangeError);
    });
  });
});
