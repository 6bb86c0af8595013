import { beforeAll, describe, expect, it } from "vitest";
import { kMeans } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { gaussian, matrix } from "@nearfar/testing";
import { fixture } from "./fixture.ts";
import { tasks } from "./tasks.ts";

beforeAll(() => void loadEngine());

const set = matrix(fixture.probe.train);

describe("kMeans", () => {
  it.each(tasks.kMeans.cases)(
    "comes within 1 % of scikit-learn's best of 50 starts: $clusters clusters",
    ({ clusters, best }) => {
      const { inertia } = kMeans(key(0), set, { clusters, restarts: 10 }); // golden/makeTasks.py
      expect(inertia).toBeLessThan(1.01 * best);
      expect(inertia).toBeGreaterThan(0.999 * best);
    },
  );

  it("keeps the best start, and is the same for the same key", () => {
    const one = [0, 1, 2, 3].map((seed) => kMeans(key(seed), set, { clusters: 11 }));
    const five = [0, 1, 2, 3].map((seed) => kMeans(key(seed), set, { clusters: 11, restarts: 5 }));
    five.forEach(({ inertia }, i) => expect(inertia).toBeLessThanOrEqual(one[i]!.inertia));
    expect(kMeans(key(2), set, { clusters: 11 })).toEqual(one[2]);
    expect(new Set(one.map(({ inertia }) => inertia)).size).toBeGreaterThan(1);
  });

  it("finds groups that lie apart, from every key", () => {
    const rows = Array.from({ length: 60 }, (_, i) => [100 * (i % 6) + (i % 7), i % 5]);
    for (let seed = 0; seed < 5; seed++) {
      const { assignments } = kMeans(key(seed), matrix(rows), { clusters: 6, restarts: 3 });
      rows.forEach((_, i) => expect(assignments[i]).toBe(assignments[i % 6]));
      expect(new Set(assignments).size).toBe(6);
    }
  });

  it("takes as many clusters as rows, one cluster, and rows that are all the same", () => {
    expect(kMeans(key(0), gaussian(1, 9, 4), { clusters: 9 }).inertia).toBeCloseTo(0, 10);
    expect(new Set(kMeans(key(0), gaussian(1, 9, 4), { clusters: 1 }).assignments)).toEqual(new Set([0]));
    const same = { rows: 5, dimensions: 2, data: new Float32Array(10).fill(0.7) };
    expect(kMeans(key(0), same, { clusters: 3 }).inertia).toBe(0);
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    kMeans(key(0), set, { clusters: 3 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it("tells a user's mistakes in one line", () => {
    expect(() => kMeans(key(0), gaussian(1, 3, 2), { clusters: 4 })).toThrow(UserError);
    expect(() => kMeans(key(0), gaussian(1, 3, 2), { clusters: 0 })).toThrow(
      "clusters is a whole number from 1; got 0",
    );
  });
});
