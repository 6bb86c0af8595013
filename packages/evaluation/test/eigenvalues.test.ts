import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eigenvalues } from "@nearfar/evaluation";
import { fixture } from "./fixture.ts";

describe("eigenvalues", () => {
  it.each(fixture.eigenvalues)("equals numpy.linalg.eigvalsh: $values.length of them", ({ matrix, values }) => {
    const found = eigenvalues(Float64Array.from(matrix.flat()), values.length);
    values.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12)); // golden/make.py
  });

  it("takes diagonal, zero and defective-looking matrices", () => {
    expect([...eigenvalues(Float64Array.of(2, 0, 0, 0, -1, 0, 0, 0, 5), 3)]).toEqual([5, 2, -1]);
    expect([...eigenvalues(new Float64Array(16), 4)]).toEqual([0, 0, 0, 0]);
    // All ones: one eigenvalue n, the others 0.
    const ones = eigenvalues(new Float64Array(36).fill(1), 6);
    [6, 0, 0, 0, 0, 0].forEach((value, i) => expect(ones[i]).toBeCloseTo(value, 12));
  });

  it("keeps the trace and the sum of squares", () => {
    const sizes = fc.integer({ min: 1, max: 12 });
    const entries = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 144, maxLength: 144 });
    fc.assert(
      fc.property(sizes, entries, (n, raw) => {
        const a = Float64Array.from({ length: n * n }, (_, i) => raw[Math.max(n * Math.floor(i / n) + (i % n), n * (i % n) + Math.floor(i / n))]!); // prettier-ignore
        const trace = a.reduce((sum, value, i) => (i % (n + 1) === 0 ? sum + value : sum), 0);
        const squares = a.reduce((sum, value) => sum + value * value, 0);
        const found = eigenvalues(a, n);
        expect(found.reduce((x, y) => x + y)).toBeCloseTo(trace, 9);
        expect(found.reduce((x, y) => x + y * y, 0)).toBeCloseTo(squares, 8);
        expect([...found]).toEqual([...found].sort((x, y) => y - x));
      }),
    );
  });

  it("refuses another length and numbers that are not finite", () => {
    expect(() => eigenvalues(new Float64Array(3), 2)).toThrow("got 3 numbers");
    expect(() => eigenvalues(Float64Array.of(1, 2, 2, NaN), 2)).toThrow("finite");
  });
});
