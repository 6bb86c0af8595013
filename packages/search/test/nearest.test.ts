import { beforeAll, describe, expect, it } from "vitest";
import { UserError, type Vectors } from "@nearfar/formats";
import { nearest } from "@nearfar/search";
import { loadEngine, tf } from "@nearfar/tensor";
import { gaussian, matrix } from "@nearfar/testing";

beforeAll(() => void loadEngine());

describe("nearest", () => {
  it("gives indices and cosines, nearest first", () => {
    const gallery = matrix([[0, 2], [3, 4], [5, 0]]); // prettier-ignore
    const { indices, scores } = nearest(matrix([[0.5, 0], [0, -1]]), gallery, 3); // prettier-ignore
    expect([...indices]).toEqual([2, 1, 0, 2, 1, 0]);
    // By hand: cos of (1, 0) with (1, 0), (3, 4)/5, (0, 1); of (0, -1) with the same.
    [1, 0.6, 0, 0, -0.8, -1].forEach((cosine, i) => expect(scores[i]).toBeCloseTo(cosine, 6));
  });

  it("equals sorting all cosines in float64, over several chunks", () => {
    const [queries, gallery] = [gaussian(1, 700, 5), gaussian(2, 30_000, 5)]; // 30,000 rows leave 559 queries to a chunk
    const { indices, scores } = nearest(queries, gallery, 4);
    for (const query of [0, 558, 559, 699]) {
      const cosines = Array.from({ length: gallery.rows }, (_, row) => cosine(queries, query, gallery, row));
      const best = cosines.toSorted((a, b) => b - a).slice(0, 4);
      best.forEach((value, i) => expect(scores[4 * query + i]).toBeCloseTo(value, 5));
      best.forEach((value, i) => expect(cosines[indices[4 * query + i]!]).toBeCloseTo(value, 5));
    }
  });

  it("puts the first of equal ones first, and a row of zeros at cosine 0", () => {
    const { indices, scores } = nearest(matrix([[1, 0]]), matrix([[0, 0], [2, 0], [1, 0]]), 3); // prettier-ignore
    expect([...indices]).toEqual([1, 2, 0]);
    expect(scores[2]).toBe(0);
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    nearest(gaussian(3, 10, 4), gaussian(4, 20, 4), 5);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses a k above the gallery, other dimensions and numbers that are not finite", () => {
    expect(() => nearest(gaussian(1, 2, 3), gaussian(2, 4, 3), 5)).toThrow(UserError);
    expect(() => nearest(gaussian(1, 2, 3), gaussian(2, 4, 3), 5)).toThrow("got k 5 and 4 examples");
    expect(() => nearest(gaussian(1, 2, 3), gaussian(2, 4, 3), 0.5)).toThrow(UserError);
    expect(() => nearest(gaussian(1, 2, 3), gaussian(2, 4, 2), 1)).toThrow("got 3 and 2");
    expect(() => nearest(matrix([[1, NaN]]), gaussian(2, 4, 2), 1)).toThrow("got NaN in row 0");
    expect(() => nearest({ rows: 2, dimensions: 2, data: new Float32Array(3) }, gaussian(2, 4, 2), 1)).toThrow(
      "got 3 for [2, 2]",
    );
    expect(() => nearest({ rows: 0, dimensions: 2, data: new Float32Array(0) }, gaussian(2, 4, 2), 1)).toThrow(
      "got [0, 2]",
    );
  });
});

function cosine(a: Vectors, i: number, b: Vectors, j: number): number {
  const d = a.dimensions;
  const dot = (u: Vectors, p: number, v: Vectors, q: number) =>
    Array.from({ length: d }, (_, k) => u.data[p * d + k]! * v.data[q * d + k]!).reduce((x, y) => x + y);
  return dot(a, i, b, j) / Math.sqrt(dot(a, i, a, i) * dot(b, j, b, j));
}
