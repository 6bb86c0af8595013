import { key, permutation } from "@nearfar/random";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquare, chiSquareBound } from "./distributions.ts";

describe("permutation", () => {
  it("has each number once, the same for the same key", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 200 }), (seed, length) => {
        const order = permutation(key(seed), length);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
        expect([...permutation(key(seed), length)]).toEqual([...order]);
      }),
    );
  });

  it("makes all 24 orders of four equally often", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = permutation(key(1).fold(i), 4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareBound(24));
  });

  it("puts each number in each place equally often", () => {
    const counts = new Array<number>(100).fill(0);
    for (let i = 0; i < 10_000; i++)
      permutation(key(2).fold(i), 10).forEach((value, place) => void counts[10 * place + value]!++);
    expect(chiSquare(counts)).toBeLessThan(chiSquareBound(100));
  });
});
