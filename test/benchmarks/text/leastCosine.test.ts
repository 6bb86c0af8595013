import { expect, it } from "vitest";
import { leastCosine } from "./leastCosine.ts";

it("is the least of the rows, whatever their lengths", () => {
  // Rows (1, 0) and (3, 0) have cosine 1; (0, 2) and (1, 1) have 1 / sqrt(2).
  expect(leastCosine(Float32Array.of(1, 0, 0, 2), Float32Array.of(3, 0, 1, 1), 2)).toBeCloseTo(Math.SQRT1_2, 12);
  expect(() => leastCosine(new Float32Array(4), new Float32Array(6), 2)).toThrow("same size");
});
