import { describe, expect, it } from "vitest";
import { pairClassification, pairSimilarities } from "@nearfar/evaluation";
import { gaussian } from "@nearfar/testing";
import { expectClose } from "./expectClose.ts";
import { tasks } from "./tasks.ts";

describe("pairClassification", () => {
  it.each(tasks.pairs)(
    "equals sentence-transformers' evaluator, $labels.length pairs",
    ({ scores, labels, expected }) => {
      const accuracyThreshold = expected.accuracyThreshold ?? Infinity; // none: there a little above the largest score
      expectClose(pairClassification(scores, labels), { ...expected, accuracyThreshold }, 12); // golden/makeTasks.py
    },
  );

  it("gives thresholds that reach what it says", () => {
    const [left, right] = [gaussian(1, 60, 3), gaussian(2, 60, 3)];
    const scores = pairSimilarities(left, right).euclidean;
    const labels = Array.from(scores, (score, i) => Number(score + (i % 3) > -1));
    const found = pairClassification(scores, labels);
    const right1 = labels.filter((label, i) => Number(scores[i]! >= found.accuracyThreshold) === label).length;
    expect(right1 / 60).toBeCloseTo(found.accuracy, 12);
    const said = labels.filter((_, i) => scores[i]! >= found.f1Threshold);
    expect(said.reduce((sum, label) => sum + label, 0) / said.length).toBeCloseTo(found.precision, 12);
    expect((2 * found.precision * found.recall) / (found.precision + found.recall)).toBeCloseTo(found.f1, 12);
  });

  it("parts what a threshold parts", () => {
    expectClose(
      pairClassification([0.9, 0.7, 0.4, 0.1], [1, 1, 0, 0]),
      { averagePrecision: 1, accuracy: 1, accuracyThreshold: 0.55, f1: 1, f1Threshold: 0.55, precision: 1, recall: 1 },
      12,
    );
  });
});
