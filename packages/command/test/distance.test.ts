import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance } from "../src/distance.ts"; // beneath `nearest`, not exported

/** The definition of the restricted Damerau-Levenshtein distance, as a recursion over the last letters. */
function slow(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    slow(x, b) + 1,
    slow(a, y) + 1,
    slow(x, y) + (a.at(-1) === b.at(-1) ? 0 : 1),
    swapped ? slow(a.slice(0, -2), b.slice(0, -2)) + 1 : Infinity,
  );
}

describe("distance", () => {
  it("is what its definition says", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });
    fc.assert(fc.property(word, word, (a, b) => void expect(distance(a, b)).toBe(slow(a, b))));
  });

  it("is that of the textbook's pairs", () => {
    expect(distance("kitten", "sitting")).toBe(3); // Levenshtein distance, Wikipedia: two substitutions, one insertion
    expect(distance("ca", "abc")).toBe(3); // Damerau-Levenshtein distance, Wikipedia: 3 in the restricted form, 2 in the other
  });
});
