import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collapseMonitor, type CollapseReading } from "@nearfar/evaluation";

// A run of 64 dimensions and 256 views: 1/√64 is 0.125, so that a deviation below 0.0125 is low; fewer than 64 / 32 = 2 directions are few.
const chance = Math.log(255); // ln(2n - 1), n 128
const healthy = { loss: 4.4, chance, deviation: 0.12, effectiveRank: 25 };
const options = { dimensions: 64, patience: 5 };

/** The warnings over readings 0, 10, 20 ... made by `at(i)`, healthy where it says nothing. */
function warnings(
  count: number,
  at: (i: number) => Partial<CollapseReading>,
  more: { warmup?: number } = {},
): string[] {
  const observe = collapseMonitor({ ...options, ...more });
  return Array.from({ length: count }, (_, i) => observe({ step: 10 * i, ...healthy, ...at(i) })).filter(
    (said) => said !== undefined,
  );
}

describe("collapseMonitor", () => {
  it("is silent in a healthy run", () => {
    expect(warnings(50, () => ({}))).toEqual([]);
  });

  it("is silent while an untrained encoder rises from a low deviation, a low rank and a loss at chance", () => {
    const rise = (i: number) => Math.min(1, 1.15 ** i / 20);
    expect(
      warnings(60, (i) => ({ loss: chance - 1.2 * rise(i), deviation: 0.12 * rise(i), effectiveRank: 25 * rise(i) })),
    ).toEqual([]);
  });

  it("is silent through a short dip and before it has seen enough", () => {
    expect(warnings(30, (i) => (i >= 10 && i < 14 ? { deviation: 0.001, effectiveRank: 1 } : {}))).toEqual([]);
    expect(warnings(4, () => ({ deviation: 0, loss: chance }))).toEqual([]);
  });

  it("does not judge the warm-up", () => {
    expect(warnings(20, (i) => (i < 20 ? { deviation: 0.001, loss: chance } : {}), { warmup: 200 })).toEqual([]);
    expect(warnings(25, () => ({ deviation: 0.001, loss: chance }), { warmup: 200 })).toHaveLength(1);
  });

  it("names total collapse once, at the last of the readings that make it certain", () => {
    const said = warnings(60, (i) => (i < 10 ? {} : { deviation: 1e-4, loss: chance, effectiveRank: 1 }));
    expect(said).toEqual([
      "Step 140: all embeddings are nearly the same (deviation 0.00010, healthy is 0.13). They were apart before: likely the learning rate is too high; lower it or warm it up.",
    ]);
  });

  it.each([
    ["They never were apart", { deviation: 0.001, loss: chance }],
    ["does not push apart", { deviation: 0.001, loss: 0.001 }],
    ["temperature is so low", { deviation: 0.001, loss: 2 }],
  ])("tells total collapse's causes apart: %s", (cause, reading) => {
    const said = warnings(30, () => reading);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(cause);
  });

  it("names a loss that stays at chance, or is above it", () => {
    const stays = warnings(30, (i) => ({ loss: chance + (i % 2 ? 0.01 : -0.01) }));
    expect(stays).toEqual([
      "Step 40: the loss stays at chance (5.541) though embeddings differ. Likely the learning rate is too low, the temperature too high, or both views of a pair are not of one example.",
    ]);
    expect(warnings(30, () => ({ loss: 9 }))).toEqual([
      "Step 40: the loss 9.000 is above chance (5.541). Likely positives do not belong together, or the learning rate is too high.",
    ]);
    // A loss that falls by 0.05 each reading is on its way.
    expect(warnings(30, (i) => ({ loss: chance + 0.5 - 0.05 * i }))).toEqual([]);
  });

  it("names dimensional collapse", () => {
    expect(warnings(30, () => ({ effectiveRank: 1.84 }))).toEqual([
      "Step 40: embeddings fill 1.8 of 64 dimensions. Likely the augmentation is too strong, the temperature too high, or the batch too small for so many dimensions.",
    ]);
    expect(warnings(30, (i) => ({ effectiveRank: 1.2 * 1.05 ** i }))).toEqual([]); // it grows
  });

  it("warns of each kind by itself", () => {
    const said = warnings(60, (i) => (i < 20 ? { loss: chance } : i < 40 ? { effectiveRank: 1.5 } : { deviation: 0 }));
    expect(said.map((text) => text.slice(0, 9))).toEqual(["Step 40: ", "Step 240:", "Step 440:"]);
    expect(warnings(60, () => ({ loss: chance, effectiveRank: 1.5 }))).toHaveLength(2); // both at once
  });

  it("depends on the readings alone: those of a resumed run, fed again, say the same", () => {
    const readings = fc.array(
      fc.record({
        loss: fc.constantFrom(0, 4, chance, 9),
        deviation: fc.constantFrom(0.001, 0.1),
        effectiveRank: fc.constantFrom(1, 20),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(readings, (all) => {
        const said = warnings(all.length, (i) => all[i]!);
        expect(warnings(all.length, (i) => all[i]!)).toEqual(said);
        expect(said.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it("refuses a patience without a trend", () => {
    expect(() => collapseMonitor({ dimensions: 8, patience: 1 })).toThrow("got 1");
  });
});
