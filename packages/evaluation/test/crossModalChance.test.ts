import { beforeAll, describe, expect, it } from "vitest";
import { crossModalChance, crossModalRetrieval } from "@nearfar/evaluation";
import { loadEngine } from "@nearfar/tensor";
import { gaussian } from "@nearfar/testing";
import { pairs } from "./pairs.ts";

beforeAll(() => void loadEngine());

describe("crossModalChance", () => {
  it("is k of n where each picture has one text", () => {
    const side = { recall: { "recall@1": 0.1, "recall@5": 0.5, "recall@10": 1 }, meanRank: 5.5 };
    const found = crossModalChance(10);
    for (const direction of [found.imageToText, found.textToImage]) {
      expect(direction.meanRank).toBe(side.meanRank);
      for (const [name, share] of Object.entries(side.recall))
        expect(direction.recall[name as "recall@1"]).toBeCloseTo(share, 12);
    }
  });

  it("is what random orders give, with several texts a picture", () => {
    const { owner, chance } = pairs.captions;
    const found = crossModalChance(30, { owner: Int32Array.from(owner) }).imageToText;
    // golden/makePairs.py, 4000 orders of 30 pictures: three deviations are below 0.005, or 0.3 ranks.
    for (const [name, share] of Object.entries(chance.recall))
      expect(Math.abs(found.recall[name as "recall@1"]! - share)).toBeLessThan(0.005);
    // Rank counts wrong texts only; the place among all is the same for the first right one.
    expect(Math.abs(found.meanRank - chance.meanRank)).toBeLessThan(0.3);
  });

  it("is what noise reaches", () => {
    const owner = Int32Array.from({ length: 2000 }, (_, i) => i % 400);
    const found = crossModalRetrieval(gaussian(1, 400, 16), gaussian(2, 2000, 16), { owner });
    const chance = crossModalChance(400, { owner });
    // 400 and 2000 queries: three deviations are below 0.025.
    for (const direction of ["imageToText", "textToImage"] as const)
      expect(Math.abs(found[direction].recall["recall@10"]! - chance[direction].recall["recall@10"]!)).toBeLessThan(
        0.025,
      );
  });

  it("refuses a picture without a text", () => {
    expect(() => crossModalChance(3, { owner: Int32Array.of(0, 2) })).toThrow("picture 1 has none");
  });
});
