import { describe, expect, it } from "vitest";
import { collapse } from "@nearfar/evaluation";
import { fixture } from "./fixture.ts";
import { gaussian, matrix } from "@nearfar/testing";

describe("collapse", () => {
  it.each(fixture.collapse)(
    "equals lightly's deviation and NumPy's effective rank",
    ({ z, deviation, effectiveRank }) => {
      const found = collapse(matrix(z));
      // golden/make.py, in float64 from the same decimals; the input here is float32, with an error of 6e-8 relative.
      expect(found.deviation).toBeCloseTo(deviation, 7);
      expect(found.effectiveRank).toBeCloseTo(effectiveRank, 5);
      expect(found.expected).toBe(1 / Math.sqrt(z[0]!.length));
    },
  );

  it.each([1, 2, 5, 16])("has effective rank d where all directions carry the same: d %i", (d) => {
    // The rows ±e_j: mean 0, covariance a multiple of the identity.
    const rows = Array.from({ length: 2 * d }, (_, i) =>
      Array.from({ length: d }, (_, j) => (i % d === j ? (i < d ? 3 : -3) : 0)),
    );
    expect(collapse(matrix(rows)).effectiveRank).toBeCloseTo(d, 10);
  });

  it("has effective rank 1 on a line and 0 in a point", () => {
    const line = matrix([[1, 2, 3], [-2, -4, -6], [0.5, 1, 1.5]]); // prettier-ignore
    expect(collapse(line).effectiveRank).toBeCloseTo(1, 5);
    const point = matrix(Array.from({ length: 40 }, (_, i) => [0.1, 0.7, -0.3].map((value) => value * (i + 1)))); // one direction, many lengths
    expect(collapse(point).effectiveRank).toBe(0);
    expect(collapse(point).deviation).toBeLessThan(1e-7);
  });

  it("is healthy for embeddings that point everywhere", () => {
    const { deviation, expected, effectiveRank } = collapse(gaussian(1, 2000, 32));
    expect(deviation / expected).toBeCloseTo(1, 2); // Chen and He 2021, section 4.1
    expect(effectiveRank).toBeGreaterThan(31); // the sample's eigenvalues spread by √(d / n) about 1
  });

  it("does not change with the length of embeddings, nor when both axes trade their roles", () => {
    const z = gaussian(2, 10, 10);
    const longer = { ...z, data: z.data.map((value) => 8 * value) };
    expect(collapse(longer)).toEqual(collapse(z));
    // A column of zeros makes d > n and the products of rows the smaller side: the same spectrum by the other way.
    const wider = matrix(Array.from({ length: 10 }, (_, i) => [...z.data.subarray(10 * i, 10 * i + 10), 0]));
    expect(collapse(wider).effectiveRank).toBeCloseTo(collapse(z).effectiveRank, 10);
  });

  it("refuses one row", () => {
    expect(() => collapse(gaussian(1, 1, 4))).toThrow("got 1");
  });
});
