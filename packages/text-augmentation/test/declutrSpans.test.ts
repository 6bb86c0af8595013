import { key } from "@nearfar/random";
import { beta, declutrPositions, declutrSpans, type DeclutrOptions } from "@nearfar/text-augmentation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keys } from "./keys.ts";

const draws = 4000;
const many = <T>(of: (seed: number) => T) => Array.from({ length: draws }, (_, seed) => of(seed));

/** The largest distance of an empirical distribution from the true one (Kolmogorov and Smirnov). */
const distance = (values: number[], cdf: (x: number) => number) =>
  Math.max(...values.sort((a, b) => a - b).map((x, i) => Math.abs(cdf(x) - (i + 0.5) / values.length)));
// 1.95 / sqrt(n) is passed by chance once in a thousand times (Smirnov 1948); the keys are fixed.
const bound = 1.95 / Math.sqrt(draws);

// The regularized incomplete beta function, written out for the two shapes: 5x^4 - 4x^5 and its mirror image.
const cdf42 = (x: number) => 5 * x ** 4 - 4 * x ** 5;
const cdf24 = (x: number) => 1 - cdf42(1 - x);

describe("beta", () => {
  it("has the distributions Beta(4, 2) and Beta(2, 4), means 4/6 and 2/6", () => {
    for (const [a, b, cdf] of [
      [4, 2, cdf42],
      [2, 4, cdf24],
    ] as const) {
      const values = many((seed) => beta(key(seed), a, b));
      // Deviation sqrt(ab / ((a+b)^2 (a+b+1))) = .178; four standard errors.
      expect(Math.abs(values.reduce((x, y) => x + y) / draws - a / 6)).toBeLessThan((4 * 0.178) / Math.sqrt(draws));
      expect(distance(values, cdf)).toBeLessThan(bound);
    }
  });

  it("is uniform for 1 and 1, and refuses shapes that are not whole", () => {
    expect(
      distance(
        many((seed) => beta(key(seed), 1, 1)),
        (x) => x,
      ),
    ).toBeLessThan(bound);
    expect(() => beta(key(0), 0.5, 1)).toThrow("whole numbers, at least 1; got 0.5 and 1");
  });
});

describe("declutrPositions", () => {
  const options = { anchors: 2, positives: 3, min: 4, max: 20 };
  const places = ["any", "adjacent", "subsumed"] as const;

  it("keeps all spans inside the text, of min to max tokens, where they belong, and anchors apart", () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 80, max: 300 }), fc.constantFrom(...places), (k, n, place) => {
        const found = declutrPositions(k, n, { ...options, place });
        expect(found).toHaveLength(2);
        for (const { anchor, positives } of found) {
          expect(positives).toHaveLength(3);
          for (const { start, end } of [anchor, ...positives]) {
            expect(start >= 0 && end <= n).toBe(true);
            expect(end - start >= 4 && end - start <= 20).toBe(true);
          }
          for (const { start, end } of positives) {
            if (place === "any") expect(start <= anchor.end && end >= anchor.start).toBe(true);
            if (place === "adjacent") expect(start === anchor.end || end === anchor.start).toBe(true);
            if (place === "subsumed") expect(start >= anchor.start && end <= anchor.end).toBe(true);
          }
        }
        const [first, second] = found.map(({ anchor }) => anchor).sort((a, b) => a.start - b.start);
        expect(second!.start).toBeGreaterThanOrEqual(first!.end);
      }),
    );
  });

  it("has the lengths of section 3.1: floor(min + Beta(4, 2) (max - min)), positives Beta(2, 4)", () => {
    const [min, max] = [32, 512];
    const one = many((seed) => declutrPositions(key(seed), 2000, { anchors: 1, positives: 1 })[0]!);
    const length = ({ start, end }: { start: number; end: number }) => end - start;
    // P(length <= l) = F((l + 1 - min) / (max - min)), steps of 1/480 and less.
    const steps = (cdf: (x: number) => number) => (l: number) => cdf((l + 0.5 - min) / (max - min));
    expect(
      distance(
        one.map(({ anchor }) => length(anchor)),
        steps(cdf42),
      ),
    ).toBeLessThan(bound + 1 / 240);
    expect(
      distance(
        one.map(({ positives }) => length(positives[0]!)),
        steps(cdf24),
      ),
    ).toBeLessThan(bound + 1 / 240);
  });

  it("finds overlapping, adjacent and subsumed positives by default", () => {
    const kinds = new Set(
      many((seed) => {
        const { anchor, positives } = declutrPositions(key(seed), 90, { ...options, anchors: 1 })[0]!;
        const { start, end } = positives[0]!;
        if (start === anchor.end || end === anchor.start) return "adjacent";
        return start >= anchor.start && end <= anchor.end ? "subsumed" : "overlapping";
      }),
    );
    expect(kinds).toEqual(new Set(["adjacent", "subsumed", "overlapping"]));
  });

  it("finds place for as many anchors as the shortest text allows", () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 6 }), fc.constantFrom(...places), (k, anchors, place) => {
        const found = declutrPositions(k, 2 * anchors * 10, { anchors, min: 2, max: 10, place });
        const sorted = found.map(({ anchor }) => anchor).sort((a, b) => a.start - b.start);
        sorted.slice(1).forEach(({ start }, i) => expect(start).toBeGreaterThanOrEqual(sorted[i]!.end));
      }),
    );
  });

  it("refuses texts that are too short and numbers that are none", () => {
    expect(() => declutrPositions(key(0), 79, options)).toThrow(
      /at least 2 \* 2 anchors \* max 20 = 80 tokens; got 79/,
    );
    for (const wrong of [{ anchors: 0 }, { min: 1.5 }, { min: 30 }] satisfies DeclutrOptions[])
      expect(() => declutrPositions(key(0), 1000, { ...options, ...wrong })).toThrow(RangeError);
  });
});

describe("declutrSpans", () => {
  it("are the tokens at these positions", () => {
    const ids = Int32Array.from({ length: 100 }, (_, i) => 1000 + i);
    const [first] = declutrSpans(key(5), ids, { anchors: 1, positives: 1, min: 2, max: 9 });
    const [{ anchor, positives } = { anchor: { start: 0, end: 0 }, positives: [] }] = declutrPositions(key(5), 100, {
      anchors: 1,
      positives: 1,
      min: 2,
      max: 9,
    });
    expect(first!.anchor).toEqual(ids.subarray(anchor.start, anchor.end));
    expect(first!.positives[0]).toEqual(ids.subarray(positives[0]!.start, positives[0]!.end));
  });
});
