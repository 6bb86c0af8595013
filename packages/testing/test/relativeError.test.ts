import { relativeError } from "@nearfar/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("relativeError", () => {
  it("is |a - b| / max(1, |b|), the largest", () => {
    expect(relativeError([1, 11], [1, 10])).toBeCloseTo(0.1, 12); // relative above 1
    expect(relativeError([0.5, -0.25], [0.25, -0.25])).toBe(0.25); // absolute below 1
    expect(relativeError([-3], [3])).toBe(2);
    expect(relativeError(Float32Array.of(1, 2), [1, 2])).toBe(0);
    expect(relativeError([], [])).toBe(0);
  });

  it("is infinite for other lengths, and where a value is not a number", () => {
    expect(relativeError([1], [1, 2])).toBe(Infinity);
    expect(relativeError([], [1])).toBe(Infinity);
    expect(relativeError([NaN, 1], [1, 1])).toBe(Infinity);
    expect(relativeError([1, 1], [1, NaN])).toBe(Infinity);
    expect(relativeError([NaN, 2], [NaN, 2])).toBe(Infinity);
    expect(relativeError([Infinity], [1])).toBe(Infinity);
    expect(relativeError([1], [Infinity])).toBe(Infinity);
  });

  it("is 0 only for equal lists", () => {
    const numbers = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, fc.nat(), (list, at) => {
        expect(relativeError(list, list)).toBe(0);
        const moved = list.map((value, i) => (i === at % list.length ? value + 1 + Math.abs(value) : value));
        expect(relativeError(moved, list)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
