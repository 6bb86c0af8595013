import { loadEngine, type Scalar, type Tensor, tf, valueAndGradients } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("valueAndGradients", () => {
  it("names gradients by path; statistics and unused leaves have none", () => {
    tf.tidy(() => {
      const params = { a: { weight: tf.scalar(3), running_mean: tf.scalar(2) }, unused: tf.scalar(1) };
      const loss = () => tf.mul(tf.square(params.a.weight), params.a.running_mean) as Scalar;
      const { value, gradients } = valueAndGradients(loss, params);
      expect(value.dataSync()[0]).toBe(18); // 3² · 2
      expect([...gradients.keys()]).toEqual(["a.weight"]);
      expect(gradients.get("a.weight")!.dataSync()[0]).toBe(12); // 2 · 3 · 2
    });
  });

  it("leaves nothing behind but the value, the gradients and what was kept", () => {
    const params = { w: tf.ones([3]) };
    const before = tf.memory().numTensors;
    let kept: Tensor | undefined;
    const loss = () => {
      const squared = tf.square(params.w);
      kept = tf.keep(tf.mul(squared, 2));
      return tf.sum(tf.exp(squared)) as Scalar;
    };
    const { value, gradients } = valueAndGradients(loss, params);
    expect(tf.memory().numTensors - before).toBe(3);
    expect(Array.from(kept!.dataSync())).toEqual([2, 2, 2]);
    tf.dispose([params.w, value, kept!, ...gradients.values()]);
  });
});
