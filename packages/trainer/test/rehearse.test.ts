import { rehearse } from "@nearfar/trainer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A clock that a step moves: the k-th step, counted from 0, takes `seconds(k)`. */
async function withClock(budget: number, seconds: (k: number) => number) {
  let time = 1000;
  let taken = 0;
  const step = async () => void (time += seconds(taken++));
  const steps = await rehearse(step, { budget, now: () => time });
  return { steps, taken, spent: time - 1000 };
}

describe("rehearse", () => {
  it("fits the budget, and no further step would, where all steps take the same", async () => {
    const second = fc.double({ min: 1e-3, max: 10, noNaN: true });
    await fc.assert(
      fc.asyncProperty(second, fc.integer({ min: 20, max: 10_000 }), async (each, wanted) => {
        const budget = each * wanted;
        const { steps, taken, spent } = await withClock(budget, () => each);
        expect(spent).toBeCloseTo(taken * each, 6);
        expect(spent + steps * each).toBeLessThanOrEqual(budget * (1 + 1e-9));
        expect(spent + (steps + 1) * each).toBeGreaterThan(budget * (1 - 1e-9));
      }),
    );
  });

  it("does not time the first steps, while memory is still growing", async () => {
    const { steps, spent } = await withClock(100, (k) => (k < 3 ? 5 : 0.5));
    expect(steps).toBe(Math.floor((100 - spent) / 0.5));
  });

  it("takes 3 % of the budget, but 8 steps at least", async () => {
    expect((await withClock(1000, () => 0.1)).spent).toBeCloseTo(30, 0);
    expect((await withClock(10, () => 1)).taken).toBe(8);
  });

  it("gives one step to any budget", async () => {
    for (const budget of [0, 1e-9, 1, 8]) expect((await withClock(budget, () => 1)).steps).toBe(1);
  });
});
