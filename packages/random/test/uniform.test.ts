import { bernoulli, integer, key, uniform, uniforms } from "@nearfar/random";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquare, chiSquareBound, moments } from "./distributions.ts";

const n = 100_000;
// Keys are fixed, so these never change; the bounds are five standard errors: of the mean √(1/12/n), of the variance √(1/180/n).
const expectUniform = (values: ArrayLike<number>) => {
  const { mean, variance, least, greatest } = moments(values);
  expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
  expect(least).toBeGreaterThanOrEqual(0);
  expect(greatest).toBeLessThan(1);
  const counts = new Array<number>(100).fill(0);
  for (let i = 0; i < values.length; i++) counts[Math.floor(values[i]! * 100)]!++;
  expect(chiSquare(counts)).toBeLessThan(chiSquareBound(100));
};

describe("uniform", () => {
  it("is uniform over counters, and over keys", () => {
    expectUniform(Float64Array.from({ length: n }, (_, counter) => uniform(key(1), { counter })));
    expectUniform(Float64Array.from({ length: n }, (_, i) => uniform(key(1).fold(i))));
  });

  it("stays in its range, whatever key, counter and range", () => {
    const range = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), range, (seed, counter, [min, width]) => {
        const value = uniform(key(seed), { min, max: min + width, counter });
        expect(value >= min && value < min + width).toBe(true);
      }),
    );
  });

  it("does not correlate neighbouring counters", () => {
    const values = Float64Array.from({ length: n }, (_, counter) => uniform(key(2), { counter }) - 1 / 2);
    const products = values.slice(1).map((value, i) => value * values[i]!);
    // A product of independent centred uniforms has deviation 1/12: five standard errors.
    expect(Math.abs(moments(products).mean)).toBeLessThan((5 * (1 / 12)) / Math.sqrt(n));
  });
});

describe("uniforms", () => {
  it("is uniform, in float32", () => expectUniform(uniforms(key(3), n)));

  it("scales, and starts alike whatever its length", () => {
    const { least, greatest } = moments(uniforms(key(4), 1000, { min: -2, max: 3 }));
    expect(least).toBeGreaterThanOrEqual(-2);
    expect(greatest).toBeLessThanOrEqual(3); // float32 may round up
    expect([...uniforms(key(4), 5)]).toEqual([...uniforms(key(4), 8).slice(0, 5)]);
    expect(uniforms(key(4), 0).length).toBe(0);
  });
});

describe("integer", () => {
  it("is uniform below its bound", () => {
    const counts = new Array<number>(7).fill(0);
    for (let counter = 0; counter < n; counter++) counts[integer(key(5), 7, { counter })]!++;
    expect(chiSquare(counts)).toBeLessThan(chiSquareBound(7));
  });

  it("is a whole number in [0, bound)", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
        const value = integer(key(seed), bound);
        expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true);
      }),
    );
    expect(integer(key(0), 1)).toBe(0);
  });

  it.each([0, -1, 0.5, NaN])("refuses the bound %d", (bound) => {
    expect(() => integer(key(0), bound)).toThrow(`the bound is at least 1; got ${bound}`);
  });
});

describe("bernoulli", () => {
  it.each([0.2, 0.5, 0.8])("is true with probability %d", (probability) => {
    const share =
      Array.from({ length: n }, (_, i) => bernoulli(key(6).fold(i), probability)).filter(Boolean).length / n;
    expect(Math.abs(share - probability)).toBeLessThan(5 * Math.sqrt((probability * (1 - probability)) / n)); // five standard errors
  });

  it("at 0 is never true, at 1 always", () => {
    for (let i = 0; i < 1000; i++) expect([bernoulli(key(i), 0), bernoulli(key(i), 1)]).toEqual([false, true]);
  });
});
