import { UserError, type Vectors } from "@nearfar/formats";
import { flatIndex, nearest, type VectorDtype } from "@nearfar/search";
import { loadEngine } from "@nearfar/tensor";
import { gaussian, matrix } from "@nearfar/testing";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { recall } from "./recall.ts";
import { sentenceLike } from "./sentenceLike.ts";
import { slowNearest } from "./slowNearest.ts";

const dtypes: VectorDtype[] = ["float32", "int8", "binary"];
const row = ({ data, dimensions }: Vectors, index: number) =>
  data.subarray(index * dimensions, (index + 1) * dimensions);

beforeAll(() => void loadEngine());

describe.each(dtypes)("flatIndex of %s", (dtype) => {
  it("equals a scan in float64 for any rows, dimensions and k, where all rows are computed in full", async () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 150 }),
      dimensions: fc.integer({ min: 1, max: 150 }),
      k: fc.integer({ min: 1, max: 20 }),
      queries: fc.integer({ min: 1, max: 3 }),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, dimensions, queries, seed, ...given }) => {
        const k = Math.min(given.k, rows);
        const gallery = gaussian(seed, rows, dimensions);
        const asked = gaussian(seed + 1, queries, dimensions);
        const { indices, scores } = await flatIndex(gallery, { dtype }).search(asked, k, { oversample: rows });
        for (let query = 0; query < queries; query++)
          slowNearest(row(asked, query), gallery, k).forEach((expected, at) => {
            const cosine = slowNearest(row(asked, query), gallery, rows).find(
              (one) => one.row === indices[query * k + at],
            );
            expect(cosine!.score).toBeCloseTo(expected.score, 5); // float32 has 24 bits: 6e-8 of numbers up to 1
            expect(scores[query * k + at]).toBeCloseTo(expected.score, 5);
          });
      }),
      { numRuns: 60 },
    );
  });

  it("finds the same on threads as one query at a time in this thread", async () => {
    const gallery = sentenceLike(2, 70_000, 32); // 9 MB of float32: several calls for each thread
    const asked = sentenceLike(3, 40, 32);
    const index = flatIndex(gallery, { dtype });
    const many = await index.search(asked, 5);
    const small = flatIndex({ ...gallery, rows: 1000, data: gallery.data.subarray(0, 32_000) }, { dtype });
    const few = await small.search(asked, 5);
    for (const query of [0, 17, 39]) {
      const one = await index.search({ rows: 1, dimensions: 32, data: row(asked, query) }, 5);
      expect([...one.indices]).toEqual([...many.indices.subarray(query * 5, query * 5 + 5)]);
      const alone = await small.search({ rows: 1, dimensions: 32, data: row(asked, query) }, 5);
      expect([...alone.indices]).toEqual([...few.indices.subarray(query * 5, query * 5 + 5)]);
    }
    if (dtype === "float32") expect(recall(many, nearest(asked, gallery, 5))).toBe(1);
  });

  it("finds only what passes the filter, and says where that is too little", async () => {
    const gallery = sentenceLike(4, 500, 40);
    const index = flatIndex(gallery, { dtype });
    const asked = sentenceLike(5, 3, 40);
    const odd = await index.search(asked, 4, { filter: (index) => index % 2 === 1, oversample: 500 });
    const expected = slowNearest(row(asked, 0), gallery, 500).filter(({ row }) => row % 2 === 1);
    expect([...odd.indices.subarray(0, 4)]).toEqual(expected.slice(0, 4).map(({ row }) => row));
    const two = await index.search(asked, 4, { filter: (index) => index === 7 || index === 300 });
    expect([...two.indices.subarray(0, 4)].sort((a, b) => a - b)).toEqual([-1, -1, 7, 300]);
    expect([...two.scores.subarray(2, 4)]).toEqual([-Infinity, -Infinity]);
    const none = await index.search(asked, 1, { filter: () => false });
    expect([...none.indices]).toEqual([-1, -1, -1]);
  });

  it("puts the first of equal ones first, also where more are equal than are asked for", async () => {
    const gallery = matrix(Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? [1, 2, 3] : [3, -1, 0])));
    const { indices } = await flatIndex(gallery, { dtype }).search(matrix([[2, 4, 6]]), 4);
    expect([...indices]).toEqual([0, 3, 6, 9]);
  });

  it("gives a row of zeros and a query of zeros cosine 0", async () => {
    const index = flatIndex(matrix([[0, 0], [1, 0], [-1, 0]]), { dtype }); // prettier-ignore
    const { indices, scores } = await index.search(matrix([[5, 0], [0, 0]]), 3); // prettier-ignore
    expect([...indices.subarray(0, 3)]).toEqual([1, 0, 2]);
    expect([...scores].map((score) => score + 0)).toEqual([1, 0, -1, 0, 0, 0]);
  });

  it("does not mind how long vectors are", async () => {
    const gallery = sentenceLike(6, 400, 24);
    const long = { ...gallery, data: gallery.data.map((value, at) => value * 10 ** ((Math.floor(at / 24) % 21) - 10)) };
    const asked = sentenceLike(7, 5, 24);
    const [a, b] = [
      await flatIndex(gallery, { dtype }).search(asked, 3),
      await flatIndex(long, { dtype }).search(asked, 3),
    ];
    expect([...b.indices]).toEqual([...a.indices]);
  });

  it("searches one after the other when asked at once", async () => {
    const index = flatIndex(sentenceLike(8, 3000, 16), { dtype });
    const asked = [1, 2, 3, 4].map((seed) => sentenceLike(seed, 2, 16));
    const together = await Promise.all(asked.map((queries) => index.search(queries, 3)));
    for (const [at, queries] of asked.entries())
      expect((await index.search(queries, 3)).indices).toEqual(together[at]!.indices);
  });

  it("refuses a k that is no number of rows, other dimensions and numbers that are not finite", async () => {
    const index = flatIndex(gaussian(1, 5, 3), { dtype });
    await expect(index.search(gaussian(1, 1, 3), 6)).rejects.toThrow("k is at most the number of rows, 5; got 6");
    await expect(index.search(gaussian(1, 1, 3), 0)).rejects.toThrow(UserError);
    await expect(index.search(gaussian(1, 1, 3), 1.5)).rejects.toThrow("got 1.5");
    await expect(index.search(gaussian(1, 1, 4), 1)).rejects.toThrow("got 4 and 3");
    await expect(index.search(gaussian(1, 1, 3), 1, { oversample: 0 })).rejects.toThrow("oversample");
    await expect(index.search(matrix([[1, NaN, 0]]), 1)).rejects.toThrow("got NaN in row 0");
    expect(() => flatIndex(matrix([[1, Infinity]]), { dtype })).toThrow("got Infinity in row 0");
    expect(() => flatIndex({ rows: 0, dimensions: 3, data: new Float32Array(0) }, { dtype })).toThrow("got [0, 3]");
    expect((await index.search(gaussian(1, 1, 3), 5)).k).toBe(5); // and goes on
  });
});

describe("recall", () => {
  it("is above 0.99 of the ten nearest for int8 and binary with their defaults", async () => {
    const gallery = sentenceLike(9, 20_000, 128);
    const asked = sentenceLike(10, 100, 128);
    const truth = await flatIndex(gallery).search(asked, 10);
    for (const dtype of ["int8", "binary"] as const)
      expect(recall(await flatIndex(gallery, { dtype }).search(asked, 10), truth)).toBeGreaterThan(0.99);
  });

  it("is the same for many queries at once, of which int8 leaves most rows early, as for each alone", async () => {
    const gallery = sentenceLike(11, 70_000, 128);
    const asked = sentenceLike(12, 20, 128);
    const index = flatIndex(gallery, { dtype: "int8" });
    const odd = (index: number) => index % 2 === 1;
    for (const [k, filter] of [
      [10, undefined],
      [1, undefined],
      [10, odd],
      [5, (index: number) => index < 3],
    ] as const) {
      // prettier-ignore
      const options = filter ? { filter } : {};
      const together = await index.search(asked, k, options);
      const alone: number[] = [];
      for (let query = 0; query < asked.rows; query++) {
        const one = { rows: 1, dimensions: 128, data: row(asked, query) };
        alone.push(...(await index.search(one, k, options)).indices);
      }
      const same = alone.filter((found, at) => together.indices[at] === found).length;
      expect(same / alone.length).toBeGreaterThanOrEqual(0.99);
    }
  });

  it("grows with oversample", async () => {
    const gallery = sentenceLike(9, 5000, 64);
    const asked = sentenceLike(10, 50, 64);
    const truth = await flatIndex(gallery).search(asked, 10);
    const index = flatIndex(gallery, { dtype: "binary" });
    const recalls: number[] = [];
    for (const oversample of [1, 4, 16, 500])
      recalls.push(recall(await index.search(asked, 10, { oversample }), truth));
    expect(recalls.toSorted((a, b) => a - b)).toEqual(recalls);
    expect(recalls[0]).toBeLessThan(0.9);
    expect(recalls[3]).toBe(1);
  });
});
