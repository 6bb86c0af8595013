import { describe, expect, it } from "vitest";
import { split } from "../src/split.ts";

// 40 families of 10 concepts in two styles: icons, as "f3-c7", and emoji, as "F3 c7".
const items = Array.from({ length: 40 }, (_, f) => f).flatMap((f) =>
  Array.from({ length: 10 }, (_, c) => c).flatMap((c) => [
    { concept: `f${f}-c${c}`, family: `f${f}` },
    { concept: `F${f} c${c}`, family: `F${f} c${c}` },
  ]),
);
const { seen, concepts, families } = split(items);
const conceptAt = (row: number) => items[row]!.concept.toLowerCase().replace("-", " ");
const familyAt = (row: number) => conceptAt(row).split(" ")[0]!;

describe("split", () => {
  it("holds out a tenth of the families whole, and a tenth of the concepts of the others", () => {
    // 4 of 40 families of 10 concepts; 36 of the 360 concepts of the others. Two pictures of each concept.
    expect(new Set(families.map(familyAt)).size).toBe(4);
    expect(families).toHaveLength(40);
    expect(concepts).toHaveLength(36);
    expect(seen).toHaveLength(2 * (360 - 36));
  });

  it("never trains on what is asked about, in whichever style it is drawn", () => {
    const known = { concepts: new Set(seen.map(conceptAt)), families: new Set(seen.map(familyAt)) };
    expect(concepts.filter((row) => known.concepts.has(conceptAt(row)))).toEqual([]);
    expect(families.filter((row) => known.families.has(familyAt(row)))).toEqual([]);
    expect(concepts.filter((row) => !known.families.has(familyAt(row)))).toEqual([]); // a known family, a new concept
  });

  it("asks for one picture of a concept, in an order of its own, and for no more than are wanted", () => {
    expect(new Set(concepts.map(conceptAt)).size).toBe(concepts.length);
    expect(concepts).not.toEqual([...concepts].sort((a, b) => a - b));
    const few = split(items, { most: 5 });
    expect(few.concepts).toEqual(concepts.slice(0, 5));
    expect(few.seen).toEqual(seen);
    expect(split(items)).toEqual({ seen, concepts, families });
  });
});
