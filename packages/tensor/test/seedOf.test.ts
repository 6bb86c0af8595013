import { key } from "@nearfar/random";
import { foldSeed, loadEngine, seedOf, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("seedOf", () => {
  it("is the key's 64 bits as int32", () => {
    tf.tidy(() => {
      const seed = seedOf(key(2 ** 40 + 2 ** 31 + 5));
      expect([seed.dtype, seed.shape]).toEqual(["int32", [2]]);
      expect(Array.from(seed.dataSync()).map((word) => word >>> 0)).toEqual([2 ** 8, 2 ** 31 + 5]); // 2^40 = 2^8 · 2^32
    });
  });
});

describe("foldSeed", () => {
  it("gives names seeds of their own, the same each time", () => {
    tf.tidy(() => {
      const seed = seedOf(key(1).fold("step"));
      const names = ["a", "b", "ab", 0, 1, "0", ""];
      const seeds = names.map((name) => Array.from(foldSeed(seed, name).dataSync()).join());
      expect(new Set([...seeds, Array.from(seed.dataSync()).join()]).size).toBe(names.length + 1);
      expect(Array.from(foldSeed(seed, "a").dataSync()).join()).toBe(seeds[0]);
    });
  });

  it("wraps around at 32 bits", () => {
    tf.tidy(() => {
      const [last, first] = [tf.tensor1d([2 ** 31 - 1, -1], "int32"), tf.tensor1d([0, 0], "int32")];
      const names = foldSeed(first, "a").dataSync();
      const sums = Array.from(foldSeed(last, "a").dataSync());
      expect(sums).toEqual([(names[0]! + 2 ** 31 - 1) | 0, (names[1]! - 1) | 0]);
    });
  });
});
