import { cosine, linear } from "@nearfar/optimizers";
import { relativeError } from "@nearfar/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "./golden.ts";

const runs = fc
  .record({
    steps: fc.integer({ min: 1, max: 1000 }),
    share: fc.double({ min: 0, max: 0.9, noNaN: true }),
    peak: fc.double({ min: 0.01, max: 10, noNaN: true }),
  })
  .map(({ steps, share, peak }) => ({ steps, warmup: Math.floor(share * steps), peak, end: peak / 100 }));

describe("cosine", () => {
  it("is PyTorch's CosineAnnealingLR", () => {
    const { rates, ...options } = golden.cosine;
    expect(
      relativeError(
        rates.map((_, step) => cosine(options)(step)),
        rates,
      ),
    ).toBeLessThan(1e-12);
  });

  it("warms up as lightly does", () => {
    const { rates, ...options } = golden.warmup;
    expect(
      relativeError(
        rates.map((_, step) => cosine(options)(step)),
        rates,
      ),
    ).toBeLessThan(1e-12);
  });
});

describe.each([
  ["cosine", cosine],
  ["linear", linear],
])("%s", (_, schedule) => {
  it("rises to the peak, falls to the end, and stays there", () => {
    fc.assert(
      fc.property(runs, (run) => {
        const rate = schedule(run);
        const rates = Array.from({ length: run.steps + 1 }, (_, step) => rate(step));
        const rising = rates.slice(0, run.warmup);
        const falling = rates.slice(run.warmup);
        expect(rising.every((value, i) => i === 0 || value > rising[i - 1]!)).toBe(true);
        expect(falling.every((value, i) => i === 0 || value < falling[i - 1]!)).toBe(true);
        if (run.warmup) expect(rising.at(-1)).toBeCloseTo(run.peak, 12);
        expect(falling[0]).toBeCloseTo(run.peak, 12);
        expect(rates.at(-1)).toBeCloseTo(run.end, 12);
        expect(rate(run.steps + 100)).toBeCloseTo(run.end, 12);
      }),
    );
  });

  it("is half-way in the middle", () => {
    // Closed form: (1 + cos(π / 2)) / 2 = 1 - 1 / 2.
    expect(schedule({ steps: 30, warmup: 10, peak: 4, end: 2 })(20)).toBeCloseTo(3, 12);
  });

  it("refuses a warm-up longer than the run, and a run of no steps", () => {
    expect(() => schedule({ steps: 5, warmup: 6, peak: 1 })).toThrow(/got 5 steps, 6 of warm-up/);
    expect(() => schedule({ steps: 0, peak: 1 })).toThrow(/got 0 steps/);
    expect(() => schedule({ steps: NaN, peak: 1 })).toThrow(RangeError);
  });
});
