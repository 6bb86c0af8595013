import { sampler } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { key, permutation } from "@nearfar/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const sizes = fc
  .record({
    seed: fc.nat(),
    length: fc.integer({ min: 2, max: 200 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    epoch: fc.nat(5),
  })
  .map(({ share, ...size }) => ({ ...size, batch: Math.max(1, Math.ceil(share * size.length)) }));

describe("sampler", () => {
  it("gives, epoch by epoch, the beginning of a permutation cut into batches", () => {
    fc.assert(
      fc.property(sizes, ({ seed, length, batch, epoch }) => {
        const { batchesPerEpoch, indices } = sampler(key(seed), length, { batch });
        expect(batchesPerEpoch).toBe(Math.floor(length / batch));
        const steps = Array.from({ length: batchesPerEpoch }, (_, i) => epoch * batchesPerEpoch + i);
        const order = permutation(key(seed).fold("epoch").fold(epoch), length);
        expect(steps.flatMap((step) => [...indices(step)])).toEqual([...order.subarray(0, batchesPerEpoch * batch)]);
      }),
    );
  });

  it("gives no example twice in an epoch, all of them when the batch divides the length", () => {
    fc.assert(
      fc.property(sizes, ({ seed, length, batch, epoch }) => {
        const { batchesPerEpoch, indices } = sampler(key(seed), length, { batch });
        const steps = Array.from({ length: batchesPerEpoch }, (_, i) => epoch * batchesPerEpoch + i);
        const all = steps.flatMap((step) => [...indices(step)]);
        expect(new Set(all).size).toBe(length - (length % batch));
        expect(all.every((index) => index >= 0 && index < length)).toBe(true);
      }),
    );
  });

  it("is a function of the step alone: the order of asking, and what a reader writes, change nothing", () => {
    const forward = sampler(key(3), 50, { batch: 8 });
    const steps = [0, 1, 7, 13, 6, 40];
    const expected = steps.map((step) => [...forward.indices(step)]);
    const backward = sampler(key(3), 50, { batch: 8 });
    const found = [...steps].reverse().map((step) => {
      const batch = [...backward.indices(step)];
      backward.indices(step).fill(0);
      expect([...backward.indices(step)]).toEqual(batch);
      return batch;
    });
    expect(found.reverse()).toEqual(expected);
  });

  it("differs between epochs and between keys", () => {
    const { indices } = sampler(key(0), 64, { batch: 64 });
    expect([...indices(0)]).not.toEqual([...indices(1)]);
    expect([...indices(0)]).not.toEqual([...sampler(key(1), 64, { batch: 64 }).indices(0)]);
  });

  it.each([
    [10, 11, "a batch of 11 is larger than the data, which has 10"],
    [1, 1, "at least 2; got 1"],
    [0, 1, "at least 2; got 0"],
    [10, 0, "got 0"],
    [10, -4, "got -4"],
    [10, 2.5, "got 2.5"],
    [10, NaN, "got NaN"],
  ])("refuses %i examples in batches of %d", (length, batch, message) => {
    const make = () => sampler(key(0), length, { batch });
    expect(make).toThrow(UserError);
    expect(make).toThrow(message);
  });

  it("refuses a step that is none", () => {
    const { indices } = sampler(key(0), 10, { batch: 5 });
    for (const step of [-1, 0.5, NaN]) expect(() => indices(step)).toThrow(RangeError);
  });
});
