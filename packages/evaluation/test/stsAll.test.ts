import { describe, expect, it } from "vitest";
import { sts, stsAll } from "@nearfar/evaluation";
import { matrix } from "@nearfar/testing";
import { expectClose } from "./expectClose.ts";
import { tasks } from "./tasks.ts";

const subsets = tasks.sts.subsets.map(({ left, right, scores }) => ({
  left: matrix(left),
  right: matrix(right),
  scores,
}));

describe("stsAll", () => {
  it("equals SentEval's three settings", () => {
    const { all, mean, weightedMean } = stsAll(subsets);
    expect(all.cosine.spearman).toBeCloseTo(tasks.sts.all, 6); // golden/makeTasks.py
    expect(mean.cosine.spearman).toBeCloseTo(tasks.sts.mean, 6);
    expect(weightedMean.cosine.spearman).toBeCloseTo(tasks.sts.weightedMean, 6);
  });

  it("is sts for one subset, in all settings", () => {
    const { left, right, scores } = subsets[1]!;
    const one = sts(left, right, scores);
    expectClose(stsAll([subsets[1]!]), { all: one, mean: one, weightedMean: one }, 12);
  });

  it("refuses no subset, and names the one that lacks a score", () => {
    expect(() => stsAll([])).toThrow("got none");
    expect(() => stsAll([subsets[0]!, { ...subsets[1]!, scores: [1] }])).toThrow(
      "subset 1: there is one score per pair",
    );
  });
});
