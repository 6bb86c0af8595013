import { expect } from "vitest";

/** Expects every number of an object, at any depth, to equal the expected one to so many digits, and the same names in both. */
export function expectClose(found: object, expected: object, digits: number): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    const other = (found as Record<string, unknown>)[name];
    if (typeof value === "object") expectClose(other as object, value as object, digits);
    else expect(other, name).toBeCloseTo(value as number, digits);
  }
}
