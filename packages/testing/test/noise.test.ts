import { noise } from "@nearfar/testing";
import { describe, expect, it } from "vitest";

describe("noise", () => {
  it("is the formula that the golden scripts repeat", () => {
    // Source: `noise("conv1.weight", 3)` of packages/methods/test/golden/make.py, numpy 2.
    expect(Array.from(noise("conv1.weight", 3))).toEqual([
      0.2202871134504676, -0.970634083263576, -0.49558839155361056,
    ]);
  });

  it("is uniform in [-1, 1), another for another name", () => {
    const values = noise("a", 4096);
    expect(values.every((value) => value >= -1 && value < 1)).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.04); // four standard errors: √(1/3) / 64 each
    expect(noise("b", 8)).not.toEqual(values.slice(0, 8));
  });
});
