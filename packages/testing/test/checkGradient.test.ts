import { loadEngine, type Scalar, type Tensor, tf } from "@nearfar/tensor";
import { checkGradient, tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

/** Σx², whose gradient is 2x: here made `factor` times as large, and `shift` larger in its first entry. */
function squares({ factor = 1, shift = 0 } = {}): (x: Tensor) => Scalar {
  const op = tf.customGrad((input, save) => {
    const x = input as Tensor;
    (save as tf.GradSaveFunc)([x]);
    const first = (x: Tensor) => tf.reshape(tf.oneHot(tf.tensor1d([0], "int32"), x.size), x.shape);
    return {
      value: tf.sum(tf.square(x)),
      gradFunc: (dy, [x]) => tf.mul(dy as Tensor, tf.add(tf.mul(x!, 2 * factor), tf.mul(first(x!), shift))),
    };
  });
  return (x) => op(x) as Scalar;
}

describe("checkGradient", () => {
  const x = () => tf.tensor2d([0.5, -1, 2, 0.25], [2, 2]);

  it("passes a right gradient", () => {
    expect(checkGradient(squares(), [x()])).toBeLessThan(1e-2);
    const product = (a: Tensor, b: Tensor) => tf.sum(tf.mul(tf.sin(a), b)) as Scalar;
    expect(checkGradient(product, [x(), tf.tensor2d([1, 2, 3, 4], [2, 2])])).toBeLessThan(1e-2);
  });

  it("notices a gradient of another size, of another sign, and one wrong entry", () => {
    // The largest true entry is 2 · 2 = 4, so the error is (factor - 1) / factor at 1.1, and 2 where the sign is wrong.
    expect(checkGradient(squares({ factor: 1.1 }), [x()])).toBeCloseTo(0.1 / 1.1, 2);
    expect(checkGradient(squares({ factor: -1 }), [x()])).toBeCloseTo(2, 2);
    expect(checkGradient(squares({ shift: 0.4 }), [x()])).toBeCloseTo(0.1, 2); // 0.4 / 4
  });

  it("notices a wrong gradient of the second input alone", () => {
    const wrong = squares({ factor: 2 });
    const sum = (a: Tensor, b: Tensor) => tf.add(tf.sum(a), wrong(b)) as Scalar;
    expect(checkGradient(sum, [x(), x()])).toBeCloseTo(0.5, 2); // (8 - 4) / 8
  });

  it("does not call a gradient right that is not a number", () => {
    expect(checkGradient(squares({ factor: NaN }), [x()])).not.toBeLessThan(1e-2);
    expect(checkGradient(squares({ factor: Infinity }), [x()])).not.toBeLessThan(1e-2);
  });

  it("leaves no tensor behind and changes no input", () => {
    const input = x();
    checkGradient(squares(), [input]);
    const before = tensorCount();
    checkGradient(squares(), [input]);
    expect(tensorCount()).toBe(before);
    expect(Array.from(input.dataSync())).toEqual([0.5, -1, 2, 0.25]);
  });
});
