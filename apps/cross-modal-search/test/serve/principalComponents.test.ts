import { key, normals } from "@nearfar/random";
import { describe, expect, it } from "vitest";
import { principalComponents } from "../../src/serve/principalComponents.ts";

/** Row-major `[n, 6]` whose columns have the deviations 6, 4, 2, 1, 0.5, 0.2, turned by a rotation in the plane of the first and the last. */
function spread(n: number) {
  const deviations = [6, 4, 2, 1, 0.5, 0.2];
  const data = normals(key(3), 6 * n).map((value, i) => value * deviations[i % 6]!);
  const [c, s] = [Math.cos(0.6), Math.sin(0.6)];
  for (let row = 0; row < n; row++) {
    const [a, b] = [data[6 * row]!, data[6 * row + 5]!];
    data[6 * row] = c * a - s * b + 10; // far from the origin: centering matters
    data[6 * row + 5] = s * a + c * b;
  }
  return { rows: n, dimensions: 6, data };
}

const column = (data: Float32Array, width: number, at: number) => [...data].filter((_, i) => i % width === at);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
const covariance = (a: readonly number[], b: readonly number[]) =>
  mean(a.map((value, i) => (value - mean(a)) * (b[i]! - mean(b))));

describe("principalComponents", () => {
  it("finds the directions of most variance, uncorrelated, in order", () => {
    const { data } = principalComponents(key(0), spread(500), 3);
    const parts = [0, 1, 2].map((at) => column(data, 3, at));
    // The columns' own deviations, within the chance of 500 draws: 3 / sqrt(2 · 500) is 10 %.
    [6, 4, 2].forEach((deviation, i) => {
      expect(Math.abs(Math.sqrt(covariance(parts[i]!, parts[i]!)) / deviation - 1)).toBeLessThan(0.1);
      expect(mean(parts[i]!)).toBeCloseTo(0, 3);
    });
    expect(Math.abs(covariance(parts[0]!, parts[1]!)) / (6 * 4)).toBeLessThan(0.01);
    expect(Math.abs(covariance(parts[1]!, parts[2]!)) / (4 * 2)).toBeLessThan(0.01);
  });

  it("with as many as dimensions keeps all distances", () => {
    const given = spread(40);
    const turned = principalComponents(key(0), given, 6);
    const distance = ({ data }: { data: Float32Array }, a: number, b: number) =>
      Math.hypot(...Array.from({ length: 6 }, (_, j) => data[6 * a + j]! - data[6 * b + j]!));
    for (let i = 1; i < 40; i++) expect(distance(turned, 0, i) / distance(given, 0, i)).toBeCloseTo(1, 4);
  });
});
