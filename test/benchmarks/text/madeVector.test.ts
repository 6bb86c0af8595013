import { expect, it } from "vitest";
import { madeVector } from "./madeVector.ts";

it("makes the same vector for the same row, and another for any other", () => {
  const rows = [0, 1, 4095, 4096, 4097, 4_999_999];
  expect(madeVector(4097)).toEqual(madeVector(4097));
  expect(new Set(rows.map((row) => madeVector(row).join())).size).toBe(rows.length);
  expect(madeVector(0).length).toBe(256);
});
