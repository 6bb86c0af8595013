import { describe, expect, it } from "vitest";
import { pairSimilarities } from "@nearfar/evaluation";
import { gaussian, matrix } from "@nearfar/testing";

describe("pairSimilarities", () => {
  it("compares row by row in four ways, larger nearer", () => {
    const found = pairSimilarities(matrix([[3, 4], [1, 0], [0, 0]]), matrix([[3, 4], [-2, 0], [1, 1]])); // prettier-ignore
    // By hand.
    expect([...found.cosine]).toEqual([1, -1, 0]);
    expect([...found.dot]).toEqual([25, -2, 0]);
    expect([...found.euclidean]).toEqual([-0, -3, -Math.fround(Math.SQRT2)]);
    expect([...found.manhattan]).toEqual([-0, -3, -2]);
  });

  it("gives all pairs of equal rows one cosine, so that they tie", () => {
    const set = gaussian(1, 200, 33);
    expect(new Set(pairSimilarities(set, { ...set, data: set.data.map((value) => 4 * value) }).cosine)).toEqual(new Set([1])); // prettier-ignore
  });

  it("refuses other shapes", () => {
    expect(() => pairSimilarities(gaussian(1, 3, 2), gaussian(2, 4, 2))).toThrow("got [3, 2] and [4, 2]");
    expect(() => pairSimilarities(gaussian(1, 3, 2), gaussian(2, 3, 4))).toThrow("got [3, 2] and [3, 4]");
  });
});
