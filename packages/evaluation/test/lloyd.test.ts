import { beforeAll, describe, expect, it } from "vitest";
import { lloyd } from "@nearfar/evaluation";
import { loadEngine, tf } from "@nearfar/tensor";
import { gaussian, matrix, relativeError } from "@nearfar/testing";
import { fixture } from "./fixture.ts";
import { tasks } from "./tasks.ts";

beforeAll(() => void loadEngine());

const rows = fixture.probe.train;

describe("lloyd", () => {
  it.each(tasks.kMeans.cases)(
    "equals scikit-learn's from the first rows: $clusters clusters",
    ({ clusters, ...expected }) => {
      const found = lloyd(matrix(rows), matrix(rows.slice(0, clusters)));
      expect([...found.assignments]).toEqual(expected.assignments); // golden/makeTasks.py
      expect(relativeError(found.centroids.data, expected.centroids.flat())).toBeLessThan(1e-6);
      expect(found.inertia).toBeCloseTo(expected.inertia, 3);
    },
  );

  it("ends where nothing moves: again from its centroids it is the same", () => {
    const set = gaussian(1, 300, 5);
    const once = lloyd(set, { rows: 7, dimensions: 5, data: set.data.slice(0, 35) });
    const again = lloyd(set, once.centroids);
    expect(again.assignments).toEqual(once.assignments);
    expect(again.iterations).toBe(1);
    const short = lloyd(set, { rows: 7, dimensions: 5, data: set.data.slice(0, 35) }, { iterations: 2 });
    expect(short.iterations).toBe(2);
    expect(short.inertia).toBeGreaterThan(once.inertia);
  });

  it("gives a cluster that lost all its rows the farthest one", () => {
    // Both far centroids lose all rows to the first; the rows 9 and 1 lie farthest from their mean 2.5 (then 0 does not: distance 6.5, 2.5).
    const found = lloyd(matrix([[0], [0], [1], [9]]), matrix([[2], [100], [200]])); // prettier-ignore
    expect(new Set(found.assignments).size).toBe(3);
    expect(found.inertia).toBe(0);
    // More clusters than different rows: one stays without a row of its own, and no number breaks.
    const same = lloyd(matrix([[1], [1], [1]]), matrix([[1], [5]])); // prettier-ignore
    expect(same.inertia).toBe(0);
    expect([...same.centroids.data]).toEqual([1, 1]);
  });

  it("leaves no tensor behind, and refuses more centroids than rows or other dimensions", () => {
    const before = tf.memory().numTensors;
    lloyd(gaussian(1, 20, 3), gaussian(2, 4, 3));
    expect(tf.memory().numTensors).toBe(before);
    expect(() => lloyd(gaussian(1, 2, 3), gaussian(2, 3, 3))).toThrow("got [3, 3] for [2, 3]");
    expect(() => lloyd(gaussian(1, 9, 3), gaussian(2, 3, 2))).toThrow("got [3, 2] for [9, 3]");
  });
});
