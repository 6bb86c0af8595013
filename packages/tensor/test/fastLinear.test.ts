import { fastLinear, gelu, geluTanh, linear, loadEngine, type Tensor1D, tf } from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const values = (name: string, size: number) => Float32Array.from(noise(name, size));

describe.each(["none", "gelu", "gelu-tanh"] as const)("fastLinear with activation %s", (activation) => {
  const inputs = () => ({
    x: tf.tensor2d(values("x", 7 * 48), [7, 48]),
    params: { weight: tf.tensor2d(values("w", 48 * 40), [48, 40]), bias: tf.tensor1d(values("b", 40)) as Tensor1D },
  });
  const activate = { none: (x: tf.Tensor2D) => x, gelu, "gelu-tanh": geluTanh }[activation];
  const slow = (params: ReturnType<typeof inputs>["params"], x: tf.Tensor2D) => activate(linear(params, x));

  it("equals the operations one by one", () => {
    tf.tidy(() => {
      const { x, params } = inputs();
      // 1e-6: float32 in another order, and another way to the error function
      expect(relativeError(fastLinear(params, x, { activation }).dataSync(), slow(params, x).dataSync())).toBeLessThan(
        1e-6,
      );
    });
  });

  it("leaves nothing behind", () => {
    const { x, params } = inputs();
    tf.dispose(fastLinear(params, x, { activation })); // the graph is loaded, and what is uploaded lazily is there
    const before = tf.memory().numTensors;
    const y = fastLinear(params, x, { activation });
    expect(tf.memory().numTensors - before).toBe(1);
    tf.dispose([x, y, params.weight, params.bias]);
  });
});
