import { describe, expect, it } from "vitest";
import { humanJudgements } from "@nearfar/evaluation";
import { pairs } from "./pairs.ts";

describe("humanJudgements", () => {
  it("equals SciPy's tau of all ratings, as CLIPScore's authors compute it", () => {
    const { scores, ratings, tauB, tauC } = pairs.judgements;
    expect(humanJudgements(scores, ratings)).toBeCloseTo(tauC, 12); // golden/makePairs.py
    expect(humanJudgements(scores, ratings, { variant: "b" })).toBeCloseTo(tauB, 12);
    expect(humanJudgements(scores.map((score) => 2.5 * score), ratings)).toBeCloseTo(tauC, 12); // prettier-ignore
  });

  it("refuses ratings of other pairs", () => {
    expect(() => humanJudgements([1, 2], [[1]])).toThrow("got 1 and 2");
  });
});
