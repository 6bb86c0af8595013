import { loadEngine } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { answers } from "../src/answers.ts";
import { share } from "../src/share.ts";

beforeAll(() => void loadEngine());

describe("answers", () => {
  it("finds the nearest by cosine, and whether a query's own row is among them", () => {
    // Cosines with the rows (1, 0), (0, 1), (-1, 0): by hand.
    const gallery = { rows: 3, dimensions: 2, data: Float32Array.of(1, 0, 0, 1, -1, 0) };
    const queries = { rows: 3, dimensions: 2, data: Float32Array.of(2, 0.1, 1, 0.1, 1, 3) };
    const { found, hits } = answers(queries, gallery, 2);
    expect([...found]).toEqual([0, 1, 0, 1, 1, 0]);
    expect(hits).toEqual([true, true, false]);
    expect(answers(queries, gallery, 1).hits).toEqual([true, false, false]);
    expect(share(hits)).toBeCloseTo(2 / 3, 12);
  });
});
