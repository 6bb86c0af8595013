import { describe, expect, it } from "vitest";
import { classificationScores } from "@nearfar/evaluation";
import { expectClose } from "./expectClose.ts";
import { tasks } from "./tasks.ts";

describe("classificationScores", () => {
  it.each(tasks.classificationScores)(
    "equals scikit-learn's, $labels.length rows",
    ({ labels, predictions, expected }) => {
      expectClose(classificationScores(labels, predictions), expected, 12); // golden/makeTasks.py
    },
  );

  it("is 1 for right predictions, and its weighted recall is the accuracy", () => {
    expect(new Set(Object.values(classificationScores([3, 1, 1], [3, 1, 1])))).toEqual(new Set([1]));
    const { accuracy, recallWeighted } = classificationScores([3, 1, 1, 0], [3, 1, 0, 1]);
    expect(recallWeighted).toBeCloseTo(accuracy, 12);
  });

  it("refuses other lengths and no rows", () => {
    expect(() => classificationScores([1, 2], [1])).toThrow("got 1 for 2");
    expect(() => classificationScores([], [])).toThrow("got 0 for 0");
  });
});
