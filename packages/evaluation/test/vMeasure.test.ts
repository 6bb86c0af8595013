import { describe, expect, it } from "vitest";
import { vMeasure } from "@nearfar/evaluation";
import { expectClose } from "./expectClose.ts";
import { tasks } from "./tasks.ts";

describe("vMeasure", () => {
  it.each(tasks.vMeasures)("equals scikit-learn's, $labels.length rows", ({ labels, clusters, expected }) => {
    expectClose(vMeasure(labels, clusters), expected, 12); // golden/makeTasks.py
  });

  it("is 1 for the labels by other names, and symmetric but for the names of its parts", () => {
    const { labels, clusters } = tasks.vMeasures[0]!;
    expectClose(vMeasure(labels, labels.map((label) => 9 - label)), { vMeasure: 1, homogeneity: 1, completeness: 1 }, 12); // prettier-ignore
    const [there, back] = [vMeasure(labels, clusters), vMeasure(clusters, labels)];
    expectClose(
      back,
      { vMeasure: there.vMeasure, homogeneity: there.completeness, completeness: there.homogeneity },
      12,
    );
  });

  it("refuses other lengths", () => {
    expect(() => vMeasure([1, 2], [1])).toThrow("got 1 for 2");
  });
});
