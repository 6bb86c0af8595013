import { describe, expect, it } from "vitest";
import { pearson } from "@nearfar/evaluation";
import { tasks } from "./tasks.ts";

describe("pearson", () => {
  it.each(tasks.correlations)("equals SciPy's, of $a.length numbers", ({ a, b, ...expected }) => {
    expect(pearson(a, b)).toBeCloseTo(expected.pearson, 12); // golden/makeTasks.py
  });

  it("does not change with scale and shift, and keeps its digits far from 0", () => {
    const { a, b, ...expected } = tasks.correlations[3]!;
    const far = a.map((x) => 1e6 + x / 1024); // exact in float64
    expect(pearson(far, b.map((y) => 3 - 2 * y))).toBeCloseTo(-expected.pearson, 9); // prettier-ignore
  });

  it("is NaN of a constant list, and refuses one number, other lengths and what is not finite", () => {
    expect(pearson([0.1, 0.1, 0.1], [1, 2, 3])).toBeNaN(); // as SciPy; the mean of three 0.1 is not 0.1
    expect(() => pearson([1], [1])).toThrow("got 1 and 1");
    expect(() => pearson([1, 2], [1, 2, 3])).toThrow("got 2 and 3");
    expect(() => pearson([1, Infinity], [1, 2])).toThrow("got Infinity at 1");
  });
});
