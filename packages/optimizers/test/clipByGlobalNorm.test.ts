import { clipByGlobalNorm, globalNorm } from "@nearfar/optimizers";
import { loadEngine, tf } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { golden, wave } from "./golden.ts";

beforeAll(() => void loadEngine());

const gradients = () => new Map([["a", tf.tensor(wave("a", 0, 3))], ["b", tf.tensor(wave("b", 0, 4), [2, 2])]]); // prettier-ignore

describe("clipByGlobalNorm", () => {
  it.each(Object.entries(golden.clip))("at %s is PyTorch's clip_grad_norm_", (limit, expected) => {
    tf.tidy(() => {
      const clipped = clipByGlobalNorm(gradients(), Number(limit));
      expect(globalNorm(gradients()).dataSync()[0]).toBeCloseTo(expected.norm, 5);
      for (const [path, values] of Object.entries(expected.gradients))
        expect(relativeError((clipped.get(path) as tf.Tensor).dataSync(), values), path).toBeLessThan(1e-6);
    });
  });

  it("makes new tensors and leaves nothing else", () => {
    const given = gradients();
    const before = tf.memory().numTensors;
    const clipped = clipByGlobalNorm(given, 1);
    expect(tf.memory().numTensors - before).toBe(2);
    tf.dispose([...given.values(), ...clipped.values()] as never);
  });

  it("of nothing is nothing", () => {
    tf.tidy(() => {
      expect(globalNorm(new Map()).dataSync()[0]).toBe(0);
      expect(clipByGlobalNorm(new Map(), 1).size).toBe(0);
    });
  });

  it("refuses a limit that is not positive", () => {
    expect(() => clipByGlobalNorm(new Map(), 0)).toThrow(/positive; got 0/);
    expect(() => clipByGlobalNorm(new Map(), NaN)).toThrow(RangeError);
  });
});
