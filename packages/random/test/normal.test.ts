import { key, normal, normals } from "@nearfar/random";
import { describe, expect, it } from "vitest";
import { moments } from "./distributions.ts";

const n = 100_000;
// Five standard errors, keys fixed: of the mean √(1/n), of the variance √(2/n), of a share √(p (1 - p) / n).
const expectNormal = (values: ArrayLike<number>) => {
  const { mean, variance } = moments(values);
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  // Source of the shares: the table of the normal distribution, P(|x| < 1, 2, 3).
  for (const [bound, share] of [
    [1, 0.682689],
    [2, 0.9545],
    [3, 0.9973],
  ] as const) {
    // prettier-ignore
    const within = Array.from(values).filter((value) => Math.abs(value) < bound).length / n;
    expect(Math.abs(within - share), `within ${bound}`).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / n));
  }
};

describe("normal", () => {
  it("is normal over counters", () =>
    expectNormal(Float64Array.from({ length: n }, (_, counter) => normal(key(1), { counter }))));

  it("has its mean and deviation", () => {
    expect(normal(key(2), { mean: 5, deviation: 0 })).toBe(5);
    expect(normal(key(2), { mean: 5, deviation: 2 })).toBeCloseTo(5 + 2 * normal(key(2)), 12);
  });
});

describe("normals", () => {
  it("is normal, its two halves independent", () => {
    const values = normals(key(3), n);
    expectNormal(values);
    const pairs = Float64Array.from({ length: n / 2 }, (_, i) => values[2 * i]! * values[2 * i + 1]!);
    expect(Math.abs(moments(pairs).mean)).toBeLessThan(5 / Math.sqrt(n / 2)); // a product of two has deviation 1
  });

  it("is finite, and starts alike whatever its length", () => {
    expect(normals(key(4), n).every(Number.isFinite)).toBe(true);
    expect([...normals(key(4), 5)]).toEqual([...normals(key(4), 8).slice(0, 5)]);
    expect(normals(key(4), 0).length).toBe(0);
  });
});
