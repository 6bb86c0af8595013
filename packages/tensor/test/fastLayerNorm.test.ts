import { fastLayerNorm, layerNorm, loadEngine, type Tensor1D, type Tensor2D, tf } from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const values = (name: string, size: number) => Float32Array.from(noise(name, size));
const inputs = () =>
  [
    tf.tensor2d(values("x", 5 * 48), [5, 48]),
    tf.tensor2d(values("added", 5 * 48), [5, 48]),
    tf.tensor1d(values("weight", 48)),
    tf.tensor1d(values("bias", 48)),
  ] as const;

describe.each([1e-12, 1e-5, 0.1])("fastLayerNorm with epsilon %d", (epsilon) => {
  const fast = (x: tf.Tensor, added: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
    fastLayerNorm({ weight: weight as Tensor1D, bias: bias as Tensor1D }, [x as Tensor2D, added as Tensor2D], {
      epsilon,
    });
  const slow = (x: tf.Tensor, added: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
    layerNorm({ weight: weight as Tensor1D, bias: bias as Tensor1D }, tf.add(x, added), { epsilon });

  it("equals the operations one by one", () => {
    tf.tidy(() => {
      const all = inputs();
      // 1e-5: float32 in another order
      expect(relativeError(fast(...all).dataSync(), slow(...all).dataSync())).toBeLessThan(1e-5);
    });
  });
});
