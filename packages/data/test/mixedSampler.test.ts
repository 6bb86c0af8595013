import { describe, expect, it } from "vitest";
import { mixedSampler, sampler } from "@nearfar/data";
import { key } from "@nearfar/random";

const small = sampler(key(1), 10, { batch: 5 }); // 2 batches
const large = sampler(key(2), 21, { batch: 3 }); // 7 batches
const samplers = [small, large];

describe("mixedSampler", () => {
  it("gives each set all its batches in an epoch, in random order, by default", () => {
    const mixed = mixedSampler(key(0), samplers);
    expect(mixed.batchesPerEpoch).toBe(9);
    const orders: string[] = [];
    for (let epoch = 0; epoch < 3; epoch++) {
      const batches = Array.from({ length: 9 }, (_, i) => mixed.batch(epoch * 9 + i));
      for (const [set, { batchesPerEpoch, indices }] of samplers.entries()) {
        const own = batches.filter((one) => one.set === set).map((one) => one.indices);
        expect(own).toEqual(Array.from({ length: batchesPerEpoch }, (_, i) => indices(epoch * batchesPerEpoch + i)));
      }
      orders.push(batches.map(({ set }) => set).join(""));
    }
    expect(new Set(orders).size).toBe(3);
    expect(mixedSampler(key(0), samplers).batch(20)).toEqual(mixed.batch(20));
  });

  it("takes turns by round-robin, the smallest set being the measure", () => {
    const mixed = mixedSampler(key(0), samplers, { by: "round-robin" });
    expect(mixed.batchesPerEpoch).toBe(4);
    for (let step = 0; step < 12; step++)
      expect(mixed.batch(step)).toEqual({ set: step % 2, indices: samplers[step % 2]!.indices(Math.floor(step / 2)) });
  });

  it("refuses no sampler, and a step that is none", () => {
    expect(() => mixedSampler(key(0), [])).toThrow(RangeError);
    for (const by of ["proportional", "round-robin"] as const)
      for (const step of [-1, 0.5, NaN]) expect(() => mixedSampler(key(0), samplers, { by }).batch(step)).toThrow();
  });
});
