import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spearman } from "@nearfar/evaluation";
import { golden } from "@nearfar/testing";
import { tasks } from "./tasks.ts";

interface Losses {
  metrics: { spearman_with_ties: { x: number[]; y: number[]; rho: number } };
}

describe("spearman", () => {
  it.each(tasks.correlations)("equals SciPy's with ties, of $a.length numbers", ({ a, b, ...expected }) => {
    expect(spearman(a, b)).toBeCloseTo(expected.spearman, 12); // golden/makeTasks.py
  });

  it("equals the golden value", () => {
    const { x, y, rho } = golden<Losses>("losses.json").metrics.spearman_with_ties; // NumPy and SciPy (its note)
    expect(spearman(x, y)).toBeCloseTo(rho, 12);
  });

  it("depends on the order alone, has a sign, and is symmetric", () => {
    const lists = fc
      .array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), {
        minLength: 2,
        maxLength: 30,
      })
      .filter((pairs) => [0, 1].every((side) => new Set(pairs.map((pair) => pair[side])).size > 1));
    fc.assert(
      fc.property(lists, (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const rho = spearman(a, b);
        expect(spearman(a.map(Math.exp), b)).toBeCloseTo(rho, 12);
        expect(spearman(b, a)).toBeCloseTo(rho, 12);
        expect(spearman(a.map((x) => -x), b)).toBeCloseTo(-rho, 12); // prettier-ignore
        expect(spearman(a, a)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("is NaN of a constant list, and refuses what is not finite", () => {
    expect(spearman([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN(); // as SciPy
    expect(() => spearman([1, NaN], [1, 2])).toThrow("got NaN at 1");
    expect(() => spearman([1, 2, 3], [1, 2])).toThrow("got 3 and 2");
  });
});
