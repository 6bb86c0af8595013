import { readFileSync } from "node:fs";
import { UserError, type Vectors } from "@nearfar/formats";
import { communities, duplicates, neighboursAmong, pairsAbove } from "@nearfar/search";
import { loadEngine, tf } from "@nearfar/tensor";
import { gaussian, matrix } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { sentenceLike } from "./sentenceLike.ts";
import { slowNearest } from "./slowNearest.ts";

// Source: golden/make.py, sentence-transformers 6.2.0.
const golden = JSON.parse(readFileSync(new URL("golden/search.json", import.meta.url), "utf8")) as {
  communities: { vectors: number[][]; cases: { threshold: number; least: number; found: number[][] }[] };
};

beforeAll(() => void loadEngine());

/** All pairs in float64. */
function slowPairs({ rows, dimensions: d, data }: Vectors, threshold: number) {
  const unit = Array.from({ length: rows }, (_, row) => {
    const vector = Array.from(data.subarray(row * d, (row + 1) * d));
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
  return unit.flatMap((a, first) =>
    unit.slice(first + 1).flatMap((b, behind) => {
      const score = a.reduce((sum, value, i) => sum + value * b[i]!, 0);
      return score >= threshold ? [{ first, second: first + 1 + behind, score }] : [];
    }),
  );
}

describe("neighboursAmong", () => {
  it("equals a scan in float64 without the row itself", () => {
    const vectors = sentenceLike(1, 300, 12);
    const { indices, scores } = neighboursAmong(vectors, 4);
    for (let row = 0; row < 300; row++) {
      const all = slowNearest(vectors.data.subarray(row * 12, row * 12 + 12), vectors, 300);
      const best = all.filter((other) => other.row !== row).slice(0, 4);
      best.forEach(({ score }, at) => expect(scores[row * 4 + at]).toBeCloseTo(score, 5));
      expect(indices.subarray(row * 4, row * 4 + 4)).not.toContain(row);
    }
  });

  it("leaves a row out among many of its equals", () => {
    const { indices } = neighboursAmong(matrix(Array.from({ length: 6 }, () => [1, 2])), 2);
    for (let row = 0; row < 6; row++) {
      const two = [...indices.subarray(2 * row, 2 * row + 2)];
      expect(two).not.toContain(row);
      expect(new Set(two).size).toBe(2);
    }
  });

  it("refuses more neighbours than there are other rows", () => {
    expect(() => neighboursAmong(gaussian(1, 4, 2), 4)).toThrow(UserError);
    expect(() => neighboursAmong(gaussian(1, 4, 2), 4)).toThrow("got k 4 and 4 rows");
    expect(neighboursAmong(gaussian(1, 4, 2), 3).indices.length).toBe(12);
  });
});

describe("pairsAbove", () => {
  it("equals comparing all rows in float64, over several tiles", () => {
    const vectors = sentenceLike(2, 2100, 8); // three bands of 1,024 rows
    const pairs = pairsAbove(vectors, 0.9);
    const slow = slowPairs(vectors, 0.9);
    // Cosines within float32's rounding of the threshold may fall on either side.
    const clear = (all: { first: number; second: number; score: number }[]) =>
      all.filter(({ score }) => Math.abs(score - 0.9) > 1e-5).map(({ first, second }) => `${first} ${second}`);
    expect(clear(pairs).sort()).toEqual(clear(slow).sort());
    expect(pairs.length).toBeGreaterThan(1000);
    pairs.forEach(({ score }, at) => expect(score).toBeLessThanOrEqual(pairs[at - 1]?.score ?? 1.00001));
  });

  it("finds pairs far apart in a long list", () => {
    const vectors = gaussian(5, 9000, 16); // two tiles of 8,192 columns
    for (let i = 0; i < 16; i++) vectors.data[8999 * 16 + i] = 2 * vectors.data[3 * 16 + i]!;
    expect(pairsAbove(vectors, 0.999).map(({ first, second }) => [first, second])).toContainEqual([3, 8999]);
  });

  it("keeps the most alike where there are more than most", () => {
    const vectors = sentenceLike(3, 400, 6);
    const all = pairsAbove(vectors, 0.2);
    for (const most of [1, 10, 100]) expect(pairsAbove(vectors, 0.2, { most })).toEqual(all.slice(0, most));
  });

  it("refuses a threshold that is no cosine and a most below 1, and leaves no tensor behind", () => {
    expect(() => pairsAbove(gaussian(1, 3, 2), 1.1)).toThrow(UserError);
    expect(() => pairsAbove(gaussian(1, 3, 2), NaN)).toThrow("got NaN");
    expect(() => pairsAbove(gaussian(1, 3, 2), 0.5, { most: 0 })).toThrow(RangeError);
    const before = tf.memory().numTensors;
    pairsAbove(gaussian(1, 30, 2), 0.5);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("duplicates", () => {
  it("groups what a chain of pairs joins", () => {
    const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    // Neighbours within 18.2 degrees have a cosine above 0.95: 0, 15 and 30 are joined through 15.
    const vectors = matrix([0, 90, 30, 200, 15, 92, 300].map(at));
    expect(duplicates(vectors)).toEqual([[0, 2, 4], [1, 5]]); // prettier-ignore
    expect(duplicates(vectors, { threshold: 0.9999 })).toEqual([]);
  });
});

describe("communities", () => {
  const { vectors, cases } = golden.communities;

  it.each(cases)("equal sentence-transformers' at $threshold with at least $least", ({ threshold, least, found }) => {
    expect(communities(matrix(vectors), { threshold, least })).toEqual(found);
  });

  it("are none where rows are few", () => {
    expect(communities(gaussian(1, 5, 4))).toEqual([]);
    expect(() => communities(gaussian(1, 5, 4), { threshold: 2 })).toThrow(UserError);
    expect(() => communities(gaussian(1, 5, 4), { least: 0 })).toThrow(RangeError);
  });
});
