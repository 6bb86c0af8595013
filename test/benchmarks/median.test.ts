import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median } from "./median.ts";

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });

describe("median", () => {
  it("has as many values below as above, whatever their order", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
        expect(median([...values].reverse())).toBe(middle);
      }),
    );
  });

  it("is the mean of the two middle values of an even number, and refuses none", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5); // by definition
    expect(() => median([])).toThrow(RangeError);
  });
});
