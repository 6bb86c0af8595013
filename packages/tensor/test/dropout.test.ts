import { key } from "@nearfar/random";
import { dropout, foldSeed, loadEngine, seedOf, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("dropout", () => {
  const n = 100_000;
  const masked = (seed: number, rate: number) =>
    Array.from(dropout(seedOf(key(seed)), tf.ones([n]), { rate }).dataSync());

  it("is the same for the same seed, another for another", () => {
    tf.tidy(() => {
      expect(masked(1, 0.5)).toEqual(masked(1, 0.5));
      expect(masked(1, 0.5)).not.toEqual(masked(2, 0.5));
      const folded = dropout(foldSeed(seedOf(key(1)), "attention"), tf.ones([n]), { rate: 0.5 });
      expect(Array.from(folded.dataSync())).not.toEqual(masked(1, 0.5));
    });
  });

  it.each([0.1, 0.5, 0.9])("drops %d of the entries and keeps the mean", (rate) => {
    tf.tidy(() => {
      const values = masked(3, rate);
      const kept = values.filter((value) => value !== 0);
      expect(new Set(kept)).toEqual(new Set([Math.fround(1 / (1 - rate))]));
      // Five standard errors of a proportion, with a fixed key.
      expect(Math.abs(kept.length / n - (1 - rate))).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / n));
    });
  });

  it("sends the gradient through the same mask", () => {
    tf.tidy(() => {
      const seed = seedOf(key(4));
      const x = tf.linspace(1, 2, 64);
      const gradient = tf.grad((x) => dropout(seed, x, { rate: 0.3 }))(x);
      const ratio = tf.div(dropout(seed, x, { rate: 0.3 }), x);
      expect(Math.max(...tf.abs(tf.sub(gradient, ratio)).dataSync())).toBeLessThan(1e-6);
    });
  });

  it("at rate 0 is the same tensor, and refuses rates that drop all or less than nothing", () => {
    tf.tidy(() => {
      const x = tf.ones([3]);
      expect(dropout(seedOf(key(0)), x, { rate: 0 })).toBe(x);
      for (const rate of [1, -0.1, NaN]) expect(() => dropout(seedOf(key(0)), x, { rate })).toThrow(RangeError);
    });
  });

  it("leaves nothing behind", () => {
    const [seed, x] = [seedOf(key(0)), tf.ones([3])];
    const before = tf.memory().numTensors;
    const y = dropout(seed, x);
    expect(tf.memory().numTensors - before).toBe(1);
    tf.dispose([seed, x, y]);
  });
});
