import { key, type Key } from "@nearfar/random";
import { initial, loadEngine, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const moments = (values: ArrayLike<number>) => {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return { mean, deviation: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) };
};

// Five standard errors with fixed keys: of the mean σ/√n, of the deviation at most σ/√(2n) (normal; less for uniform).
function expectMoments(values: ArrayLike<number>, deviation: number) {
  const found = moments(values);
  expect(Math.abs(found.mean)).toBeLessThan((5 * deviation) / Math.sqrt(values.length));
  expect(Math.abs(found.deviation - deviation)).toBeLessThan((5 * deviation) / Math.sqrt(2 * values.length));
}

describe("initial", () => {
  it("fanInUniform is uniform within 1/√fanIn, PyTorch's default", () => {
    tf.tidy(() => {
      for (const [shape, bound] of [
        [[100, 400], 1 / Math.sqrt(100)],
        [[3, 3, 16, 64], 1 / Math.sqrt(144)],
      ] as const) {
        // prettier-ignore
        const values = initial.fanInUniform(key(1), shape).dataSync();
        expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
        expectMoments(values, bound / Math.sqrt(3));
      }
      const bias = initial.fanInUniform(key(2), [5000], { fanIn: 25 }).dataSync();
      expect(Math.max(...bias.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.2));
      expectMoments(bias, 0.2 / Math.sqrt(3));
    });
  });

  it("heNormal has variance 2 / fanOut, torchvision's ResNet", () => {
    tf.tidy(() => expectMoments(initial.heNormal(key(3), [3, 3, 32, 64]).dataSync(), Math.sqrt(2 / (9 * 64))));
  });

  it("normal has its deviation", () => {
    tf.tidy(() => {
      expectMoments(initial.normal(key(4), [10_000]).dataSync(), 0.02);
      expectMoments(initial.normal(key(4), [10_001], { deviation: 3 }).dataSync(), 3);
    });
  });

  it("is the same for the same key, another for another", () => {
    tf.tidy(() => {
      for (const make of [initial.fanInUniform, initial.heNormal, initial.normal] as ((
        key: Key,
        shape: number[],
      ) => tf.Tensor)[]) {
        const of = (seed: number) => Array.from(make(key(seed), [4, 6]).dataSync());
        expect(of(1)).toEqual(of(1));
        expect(of(1)).not.toEqual(of(2));
      }
    });
  });

  it("has zeros and ones", () => {
    tf.tidy(() => {
      expect(Array.from(initial.zeros([2]).dataSync())).toEqual([0, 0]);
      expect(Array.from(initial.ones([2]).dataSync())).toEqual([1, 1]);
    });
  });
});
