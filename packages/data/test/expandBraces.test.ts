import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandBraces } from "@nearfar/data";
import { UserError } from "@nearfar/formats";

const golden = JSON.parse(readFileSync(join(import.meta.dirname, "golden", "braces.json"), "utf8")) as Record<
  string,
  string[]
>;

const word = fc.stringMatching(/^[a-z0-9./-]{1,6}$/).filter((text) => !text.includes(".."));

describe("expandBraces", () => {
  // What bash 5 made of them (golden/make_braces.py).
  for (const [pattern, words] of Object.entries(golden))
    it(`expands ${pattern} as bash does`, () => expect(expandBraces(pattern)).toEqual(words));

  it("leaves a path without braces as it is", () => {
    fc.assert(fc.property(word, (text) => void expect(expandBraces(text)).toEqual([text])));
  });

  it("gives each choice once and in order, whatever stands around them", () => {
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 2, maxLength: 5 }), word, (before, choices, after) => {
        const words = expandBraces(`${before}{${choices.join(",")}}${after}`);
        expect(words).toEqual(choices.map((choice) => before + choice + after));
      }),
    );
  });

  it("multiplies groups in a row, the last one fastest", () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), (a, b, c, d) => {
        const [left, right] = [expandBraces(`{${a}..${b}}`), expandBraces(`{${c}..${d}}`)];
        const both = expandBraces(`{${a}..${b}}-{${c}..${d}}`);
        expect(both).toEqual(left.flatMap((one) => right.map((other) => `${one}-${other}`)));
        expect(left).toHaveLength(Math.abs(a - b) + 1);
      }),
    );
  });

  it("counts with the width of its ends", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(40), (from, more) => {
        const digits = (value: number) => String(value).padStart(6, "0");
        const words = expandBraces(`{${digits(from)}..${digits(from + more)}}`);
        expect(words).toEqual(Array.from({ length: more + 1 }, (_, i) => digits(from + i)));
      }),
    );
  });

  it("ends, with words or a UserError, for any pattern at all", () => {
    const braces = fc.array(fc.constantFrom("{", "}", ",", "..", "a", "1", "0", "99999"), { maxLength: 14 });
    fc.assert(
      fc.property(braces, (parts) => {
        try {
          expect(expandBraces(parts.join(""), { most: 1000 }).length).toBeLessThanOrEqual(1000);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });

  it("refuses more words than are allowed before it makes them", () => {
    for (const pattern of ["{0..999999999999}", "{1..2000}{1..2000}", "{a,b}".repeat(40)])
      expect(() => expandBraces(pattern), pattern).toThrow(/files.*Are the numbers right/);
    expect(() => expandBraces("x".repeat(5000))).toThrow(UserError);
  });
});
