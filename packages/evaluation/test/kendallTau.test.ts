import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kendallTau } from "@nearfar/evaluation";
import { pairs } from "./pairs.ts";

describe("kendallTau", () => {
  it.each(pairs.kendall)("equals SciPy's with ties, of $a.length numbers", ({ a, b, tauB, tauC }) => {
    expect(kendallTau(a, b)).toBeCloseTo(tauB, 12); // golden/makePairs.py
    expect(kendallTau(a, b, { variant: "c" })).toBeCloseTo(tauC, 12);
  });

  it("equals a count of all pairs, and depends on the order alone", () => {
    const lists = fc
      .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), {
        minLength: 2,
        maxLength: 40,
      })
      .filter((rows) => [0, 1].every((side) => new Set(rows.map((row) => row[side])).size > 1));
    fc.assert(
      fc.property(lists, (rows) => {
        const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)];
        let [surplus, untiedA, untiedB] = [0, 0, 0];
        for (let i = 0; i < a.length; i++)
          for (let j = 0; j < i; j++) {
            surplus += Math.sign(a[i]! - a[j]!) * Math.sign(b[i]! - b[j]!);
            untiedA += Number(a[i] !== a[j]);
            untiedB += Number(b[i] !== b[j]);
          }
        const tau = surplus / Math.sqrt(untiedA * untiedB);
        expect(kendallTau(a, b)).toBeCloseTo(tau, 12);
        expect(kendallTau(a.map(Math.exp), b)).toBeCloseTo(tau, 12);
        expect(kendallTau(b, a)).toBeCloseTo(tau, 12);
        expect(kendallTau(a.map((x) => -x), b)).toBeCloseTo(-tau, 12); // prettier-ignore
        expect(kendallTau(a, a)).toBeCloseTo(1, 12);
      }),
    );
  });

  it("is NaN of a constant list, and refuses what is not finite", () => {
    expect(kendallTau([2, 2, 2], [1, 2, 3])).toBeNaN(); // as SciPy
    expect(kendallTau([1, 2, 3], [2, 2, 2], { variant: "c" })).toBeNaN();
    expect(() => kendallTau([1, NaN], [1, 2])).toThrow("got NaN at 1");
    expect(() => kendallTau([1, 2, 3], [1, 2])).toThrow("got 3 and 2");
  });
});
