import type { Vectors } from "@nearfar/formats";
import { key, normals } from "@nearfar/random";
import { describe, expect, it } from "vitest";
import { mapPositions } from "../../src/serve/mapPositions.ts";

/** `count` rows around each of five far corners of an 8-dimensional space; row i belongs to corner i mod 5. */
function corners(count: number): Vectors {
  const rows = 5 * count;
  const noise = normals(key(1), 8 * rows);
  return { rows, dimensions: 8, data: noise.map((value, i) => value / 20 + (i % 8 === Math.floor(i / 8) % 5 ? 1 : 0)) };
}

/** The share of rows whose nearest on the map is of the same corner. */
function purity(positions: Float32Array): number {
  const n = positions.length / 2;
  let same = 0;
  for (let i = 0; i < n; i++) {
    let [best, at] = [Infinity, -1];
    for (let j = 0; j < n; j++) {
      const distance = Math.hypot(positions[2 * i]! - positions[2 * j]!, positions[2 * i + 1]! - positions[2 * j + 1]!);
      if (j !== i && distance < best) [best, at] = [distance, j];
    }
    if (at % 5 === i % 5) same++;
  }
  return same / n;
}

describe("mapPositions", () => {
  it("is the same for the same key, fills [-1, 1], and keeps like near like", () => {
    const positions = mapPositions(key(0), corners(20));
    expect(mapPositions(key(0), corners(20))).toEqual(positions);
    expect(Math.max(...positions)).toBeCloseTo(1, 6);
    expect(Math.min(...positions)).toBeCloseTo(-1, 6);
    expect(purity(positions)).toBeGreaterThan(0.95); // 0.19 by chance
  });

  it("places those that are no landmarks among those they are like", () => {
    const positions = mapPositions(key(0), corners(40), { landmarks: 50 });
    expect(positions).toHaveLength(2 * 200);
    expect(purity(positions)).toBeGreaterThan(0.95);
  });

  it("does with one row, two, a few, and all the same", () => {
    for (const rows of [1, 2, 3, 19, 20, 21]) {
      const data = Float32Array.from({ length: 4 * rows }, (_, i) => Math.sin(i * i));
      expect(mapPositions(key(0), { rows, dimensions: 4, data }).every(Number.isFinite), `${rows} rows`).toBe(true);
      const same = mapPositions(key(0), { rows, dimensions: 4, data: data.fill(0.5) });
      expect(same.every(Number.isFinite), `${rows} equal rows`).toBe(true);
    }
  });
});
