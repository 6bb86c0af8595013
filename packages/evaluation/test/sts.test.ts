import { describe, expect, it } from "vitest";
import { sts } from "@nearfar/evaluation";
import { gaussian, matrix } from "@nearfar/testing";
import { expectClose } from "./expectClose.ts";
import { tasks } from "./tasks.ts";

describe("sts", () => {
  it.each(tasks.sts.subsets)(
    "equals sentence-transformers, $scores.length pairs",
    ({ left, right, scores, expected }) => {
      expectClose(sts(matrix(left), matrix(right), scores), expected, 6); // golden/makeTasks.py; similarities are float32
    },
  );

  it("is 1 where the scores are the similarities, and does not change with the scores' scale", () => {
    const [left, right] = [gaussian(1, 40, 6), gaussian(2, 40, 6)];
    const { left: x, right: y, scores } = tasks.sts.subsets[0]!;
    const plain = sts(matrix(x), matrix(y), scores);
    expectClose(sts(matrix(x), matrix(y), scores.map((score) => score / 5)), plain, 12); // prettier-ignore
    const dots = Float32Array.from({ length: 40 }, (_, i) =>
      left.data.subarray(6 * i, 6 * i + 6).reduce((sum, value, j) => sum + value * right.data[6 * i + j]!, 0),
    );
    expect(sts(left, right, dots).dot.spearman).toBeCloseTo(1, 6);
    expect(sts(left, right, dots).dot.pearson).toBeCloseTo(1, 6);
  });

  it("is NaN for a collapsed encoder", () => {
    const one = { rows: 3, dimensions: 2, data: new Float32Array(6).fill(0.3) };
    expect(sts(one, one, [1, 2, 3]).cosine.spearman).toBeNaN();
  });

  it("refuses a missing score", () => {
    expect(() => sts(gaussian(1, 3, 2), gaussian(2, 3, 2), [1, 2])).toThrow("got 2 scores for 3 pairs");
  });
});
