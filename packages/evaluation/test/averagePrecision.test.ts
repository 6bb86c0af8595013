import { describe, expect, it } from "vitest";
import { averagePrecision } from "@nearfar/evaluation";
import { tasks } from "./tasks.ts";

describe("averagePrecision", () => {
  it.each(tasks.pairs)("equals scikit-learn's with ties, of $labels.length", ({ scores, labels, expected }) => {
    expect(averagePrecision(scores, labels)).toBeCloseTo(expected.averagePrecision, 12); // golden/makeTasks.py
  });

  it("is the share of positives where all scores are one, in any order", () => {
    expect(averagePrecision([2, 2, 2, 2], [1, 0, 0, 0])).toBeCloseTo(0.25, 12); // one step: recall 1, precision 1 / 4
    expect(averagePrecision([2, 2, 2, 2], [0, 0, 0, 1])).toBeCloseTo(0.25, 12);
  });

  it("refuses other labels, other lengths, no positive and what is not finite", () => {
    expect(() => averagePrecision([1, 2], [1, 2])).toThrow("got 2 and 2 in row 1");
    expect(() => averagePrecision([1, NaN], [1, 0])).toThrow("got NaN and 0 in row 1");
    expect(() => averagePrecision([1, 2], [1])).toThrow("got 1 for 2 scores");
    expect(() => averagePrecision([1, 2], [0, 0])).toThrow("got none");
  });
});
