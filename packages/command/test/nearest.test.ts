import { nearest } from "@nearfar/command";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const methods = ["simclr", "moco", "byol", "barlow-twins", "simcse"];

describe("nearest", () => {
  it.each([
    ["simcrl", "simclr"], // a swap
    ["simclrr", "simclr"], // an insertion
    ["simcs", "simcse"], // a deletion
    ["mocu", "moco"], // a substitution
    ["SimCLR", "simclr"],
    ["barlowtwins", "barlow-twins"],
  ])("finds what %s was meant to be", (typed, meant) => {
    expect(nearest(typed, methods)).toBe(meant);
  });

  it("finds nothing where nothing is near", () => {
    for (const typed of ["", "x", "supervised", "x".repeat(100_000)]) expect(nearest(typed, methods)).toBeUndefined();
    expect(nearest("simclr", [])).toBeUndefined();
  });

  it("finds every name itself, and through any one edit of a name of five letters or more", () => {
    const letter = fc.constantFrom(..."abcdefgh");
    const name = fc.array(letter, { minLength: 5, maxLength: 9 });
    fc.assert(
      fc.property(
        name,
        fc.nat(),
        letter,
        fc.constantFrom("insert", "delete", "replace", "swap"),
        (letters, n, c, edit) => {
          const at = n % (letters.length - 1);
          const typed = [...letters];
          if (edit === "insert") typed.splice(at, 0, c);
          if (edit === "delete") typed.splice(at, 1);
          if (edit === "replace") typed[at] = c;
          if (edit === "swap") [typed[at], typed[at + 1]] = [typed[at + 1]!, typed[at]!];
          const meant = letters.join("");
          expect(nearest(meant, ["zzzzz", meant])).toBe(meant);
          expect(nearest(typed.join(""), ["zzzzz", meant])).toBe(meant);
        },
      ),
    );
  });
});
