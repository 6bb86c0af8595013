import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthWindows, sampler, uniqueBatches, uniqueSampler } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { key, permutation } from "@nearfar/random";

/** Examples of `width` texts each, of which few are different. */
const problems = fc
  .record({ width: fc.integer({ min: 1, max: 3 }), batch: fc.integer({ min: 1, max: 6 }), seed: fc.nat() })
  .chain(({ width, batch, seed }) =>
    fc
      .array(fc.tuple(...Array.from({ length: width }, () => fc.nat(25))), {
        minLength: Math.max(2, batch),
        maxLength: 80,
      })
      .map((rows) => ({ width, batch, seed, ids: Int32Array.from(rows.flat()), length: rows.length })),
  );

const textsOf = (ids: Int32Array, width: number, example: number) =>
  new Set(ids.subarray(example * width, (example + 1) * width));

function hasDuplicates(ids: Int32Array, width: number, batch: ArrayLike<number>): boolean {
  const texts = Array.from(batch, (example) => [...textsOf(ids, width, example)]).flat();
  return new Set(texts).size !== texts.length;
}

describe("uniqueBatches", () => {
  it("gives full batches without a text in two examples, and every example once", () => {
    fc.assert(
      fc.property(problems, ({ ids, width, batch, length, seed }) => {
        const order = permutation(key(seed), length);
        const { batches, rest } = uniqueBatches(order, ids, { batch, width });
        for (const one of batches) {
          expect(one).toHaveLength(batch);
          expect(hasDuplicates(ids, width, one)).toBe(false);
        }
        const all = [...batches.flatMap((one) => [...one]), ...rest];
        expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });

  it("leaves over less than another full batch of different texts would need, with one text an example", () => {
    fc.assert(
      fc.property(problems, ({ ids, width, batch, length, seed }) => {
        fc.pre(width === 1);
        const { rest } = uniqueBatches(permutation(key(seed), length), ids, { batch });
        expect(new Set([...rest].map((example) => ids[example]!)).size).toBeLessThan(batch);
      }),
    );
  });

  it("lets an example that met its text be the next batch's first", () => {
    // By hand: 1 meets 0's text and waits; 4 meets 3's.
    const { batches, rest } = uniqueBatches([0, 1, 2, 3, 4, 5, 6], [7, 7, 8, 9, 9, 6, 5], { batch: 2 });
    expect(batches.map((one) => [...one])).toEqual([
      [0, 2],
      [1, 3],
      [4, 5],
    ]);
    expect([...rest]).toEqual([6]);
  });

  it("takes no longer where one text is half of the data", () => {
    const ids = Int32Array.from({ length: 200_000 }, (_, i) => (i % 2 ? 0 : i));
    const { batches, rest } = uniqueBatches(permutation(key(0), ids.length), ids, { batch: 64 });
    // Each batch holds text 0 at most once: 63 of the 100,000 others and one of the same.
    expect(batches).toHaveLength(Math.floor(100_000 / 63));
    expect(rest.length).toBe(200_000 - 64 * batches.length);
  });
});

describe("uniqueSampler", () => {
  it("is sampler where no text occurs twice", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 2 }), (seed, length, width) => {
        const ids = Int32Array.from({ length: length * width }, (_, i) => i);
        const plain = sampler(key(seed), length, { batch: 2 });
        const unique = uniqueSampler(key(seed), ids, { batch: 2, width });
        expect(unique.batchesPerEpoch).toBe(plain.batchesPerEpoch);
        for (let step = 0; step < 3 * plain.batchesPerEpoch; step++)
          expect(unique.indices(step)).toEqual(plain.indices(step));
      }),
    );
  });

  it("is a function of the step alone, and gives no duplicates in any epoch", () => {
    fc.assert(
      fc.property(problems, fc.boolean(), ({ ids, width, batch, length, seed }, byLength) => {
        const lengths = byLength ? Array.from({ length }, (_, i) => (i * 7) % 11) : undefined;
        const make = () => uniqueSampler(key(seed), ids, { batch, width, lengths, window: 3 });
        let forward;
        try {
          forward = make();
        } catch (error) {
          expect(error).toBeInstanceOf(UserError); // too few different texts
          return;
        }
        const steps = Array.from({ length: 3 * forward.batchesPerEpoch }, (_, i) => i);
        let batches: Uint32Array[];
        try {
          batches = steps.map((step) => forward.indices(step));
        } catch (error) {
          expect(error).toBeInstanceOf(UserError); // another order, in which texts of two examples collide
          return;
        }
        for (const one of batches) expect(hasDuplicates(ids, width, one)).toBe(false);
        const backward = make();
        for (const step of steps.reverse()) {
          backward.indices(step).fill(0); // the caller's own
          expect(backward.indices(step)).toEqual(batches[step]);
        }
      }),
    );
  });

  it("gives an example once in its epoch where the passes suffice", () => {
    const ids = Int32Array.from({ length: 1000 }, (_, i) => i % 700);
    const { batchesPerEpoch, indices } = uniqueSampler(key(5), ids, { batch: 32 });
    expect(batchesPerEpoch).toBe(31);
    const first = Array.from({ length: batchesPerEpoch }, (_, step) => [...indices(step)]).flat();
    expect(new Set(first).size).toBe(first.length);
  });

  it("makes batches of about one length", () => {
    const length = 4000;
    const lengths = Array.from(permutation(key(1), length));
    const ids = Int32Array.from({ length }, (_, i) => i % 3900);
    const spread = (given: readonly number[] | undefined) => {
      const { batchesPerEpoch, indices } = uniqueSampler(key(2), ids, { batch: 20, lengths: given, window: 50 });
      let wasted = 0;
      for (let step = 0; step < batchesPerEpoch; step++) {
        const own = [...indices(step)].map((i) => lengths[i]!);
        wasted += Math.max(...own) - own.reduce((a, b) => a + b) / own.length;
      }
      return wasted / batchesPerEpoch / length;
    };
    // The mean of 20 uniform numbers lies 1/2 - 1/21 below their largest; sorted among 1,000, a batch spans 20/1,000 of the range.
    expect(spread(undefined)).toBeCloseTo(0.5 - 1 / 21, 1);
    expect(spread(lengths)).toBeLessThan(0.02);
  });

  it("refuses too few different texts, and ids or lengths of another number", () => {
    expect(() => uniqueSampler(key(0), new Int32Array(10), { batch: 2 })).toThrow(
      /too few different texts for a batch of 2/,
    );
    expect(() => uniqueSampler(key(0), new Int32Array(10), { batch: 11 })).toThrow(UserError);
    expect(() => uniqueSampler(key(0), new Int32Array(9), { batch: 2, width: 2 })).toThrow(RangeError);
    expect(() => uniqueSampler(key(0), new Int32Array(9), { batch: 2, lengths: [1] })).toThrow(RangeError);
    expect(() => uniqueBatches([0, 1], [0, 1], { batch: 0 })).toThrow(RangeError);
  });
});

describe("lengthWindows", () => {
  it("sorts each window, stably, and moves nothing out of it", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.nat(5), { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        (seed, lengths, window) => {
          const order = permutation(key(seed), lengths.length);
          const sorted = lengthWindows(order, lengths, window);
          for (let begin = 0; begin < order.length; begin += window) {
            const before = [...order.subarray(begin, begin + window)];
            const after = [...sorted.subarray(begin, begin + window)];
            const rank = (i: number) => lengths[i]! * 100 + before.indexOf(i); // a window is shorter than 100
            expect(after).toEqual([...before].sort((a, b) => rank(a) - rank(b)));
          }
        },
      ),
    );
  });
});
