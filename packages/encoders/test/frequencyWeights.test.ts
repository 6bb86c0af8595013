import { frequencyWeights } from "@nearfar/encoders";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("frequencyWeights", () => {
  it("is Arora's a / (a + p), but for one factor", () => {
    const [rare, common, never] = frequencyWeights([1, 99, 0], { a: 0.01 });
    // Source: eq. 3 by hand: a / (a + 0.01) = 1/2, a / (a + 0.99) = 1/100, a / a = 1
    expect(rare! / never!).toBeCloseTo(0.5, 6);
    expect(common! / never!).toBeCloseTo(0.01, 6);
  });

  it("keeps the mean square of a corpus' tokens, and favours rare ones", () => {
    const counts = fc.array(fc.nat(1e6), { minLength: 1, maxLength: 50 }).filter((all) => all.some((one) => one > 0));
    fc.assert(
      fc.property(counts, fc.double({ min: 1e-5, max: 1, noNaN: true }), (all, a) => {
        const weights = frequencyWeights(all, { a });
        const total = all.reduce((sum, count) => sum + count, 0);
        const square = all.reduce((sum, count, t) => sum + (count / total) * weights[t]! ** 2, 0);
        expect(Math.abs(square - 1)).toBeLessThan(1e-5); // float32
        const order = all.map((_, t) => t).sort((x, y) => all[x]! - all[y]!);
        for (const [i, t] of order.entries())
          if (i > 0) expect(weights[t]!).toBeLessThanOrEqual(weights[order[i - 1]!]!);
      }),
    );
  });

  it("refuses a corpus without tokens", () => {
    expect(() => frequencyWeights([0, 0])).toThrow("got 0 in all");
    expect(() => frequencyWeights([])).toThrow(RangeError);
  });
});
