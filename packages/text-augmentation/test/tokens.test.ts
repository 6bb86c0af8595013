import { key } from "@nearfar/random";
import {
  corruptTokens,
  cropSpan,
  cutOff,
  deleteTokens,
  maskTokens,
  partTokens,
  pickTokens,
  repeatTokens,
  shuffledPositions,
  shuffleTokens,
  splitSpans,
  splitTokens,
} from "@nearfar/text-augmentation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keys, tokens } from "./keys.ts";

const range = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
const many = <T>(n: number, of: (seed: number) => T) => Array.from({ length: n }, (_, seed) => of(seed));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const isSubsequence = (part: Int32Array, whole: Int32Array) => {
  let at = 0;
  for (const id of whole) if (part[at] === id) at++;
  return at === part.length;
};

describe("cropSpan", () => {
  it("is a contiguous part of min n to max n tokens", () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 60 }), (k, n) => {
        const crop = cropSpan(k, range(n), { min: 0.3, max: 0.6 });
        expect(crop).toEqual(range(n).subarray(crop[0]!, crop[0]! + crop.length));
        expect(crop.length).toBeGreaterThanOrEqual(Math.ceil(0.3 * n));
        expect(crop.length).toBeLessThanOrEqual(Math.ceil(0.6 * n));
      }),
    );
  });

  it("reaches both ends and all lengths", () => {
    const crops = many(300, (seed) => cropSpan(key(seed), range(10), { min: 0.4, max: 0.6 }));
    expect(new Set(crops.map(({ length }) => length))).toEqual(new Set([4, 5, 6]));
    expect(Math.min(...crops.map((crop) => crop[0]!))).toBe(0);
    expect(Math.max(...crops.map((crop) => crop.at(-1)!))).toBe(9);
  });

  it("is the whole with min 1, and refuses ratios that are none", () => {
    expect(cropSpan(key(1), range(7), { min: 1, max: 1 })).toEqual(range(7));
    expect(() => cropSpan(key(1), range(7), { min: 0.6 })).toThrow(/min is not above max; got 0.6 and 0.5/);
    expect(() => cropSpan(key(1), range(7), { max: 2 })).toThrow(/from 0 to 1; got 2/);
  });
});

describe("splitTokens", () => {
  it("parts the tokens: disjoint, in order, together all of them; neither side is empty", () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 2, max: 40 }), (k, n) => {
        const [left, right] = splitTokens(k, range(n));
        expect(left.length).toBeGreaterThan(0);
        expect(right.length).toBeGreaterThan(0);
        if (left.length < n) expect([...left, ...right].sort((a, b) => a - b)).toEqual([...range(n)]);
        expect(isSubsequence(left, range(n)) && isSubsequence(right, range(n))).toBe(true);
      }),
    );
  });

  it("puts one token left always and each other with the ratio: 1 + .3 (n - 1) in the mean", () => {
    const lefts = many(2000, (seed) => splitTokens(key(seed), range(21), { ratio: 0.3 })[0].length);
    // Standard error: sqrt(20 * .3 * .7 / 2000) = .046; four of them.
    expect(Math.abs(mean(lefts) - 7)).toBeLessThan(0.19);
  });

  it("gives one token to both sides, and the whole to the right where all went left", () => {
    expect(splitTokens(key(0), range(1))).toEqual([range(1), range(1)]);
    expect(splitTokens(key(0), range(9), { ratio: 1 })).toEqual([range(9), range(9)]);
  });

  it("stands on partTokens", () => {
    expect(partTokens(range(4), [true, false, false, true])).toEqual([Int32Array.of(0, 3), Int32Array.of(1, 2)]);
    expect(() => partTokens(range(4), [true])).toThrow("got 4 tokens and 1 sides");
  });
});

describe("splitSpans", () => {
  it("cuts at any place that leaves both sides min tokens", () => {
    const cuts = many(300, (seed) => splitSpans(key(seed), range(8), { min: 2 }));
    for (const [left, right] of cuts) expect([...left, ...right]).toEqual([...range(8)]);
    expect(new Set(cuts.map(([left]) => left.length))).toEqual(new Set([2, 3, 4, 5, 6]));
  });

  it("gives what is too short to both sides", () => {
    expect(splitSpans(key(0), range(3))).toEqual([range(3), range(3)]);
    expect(() => splitSpans(key(0), range(3), { min: 0 })).toThrow(RangeError);
  });
});

describe("deleteTokens", () => {
  it("keeps a subsequence, never empty", () => {
    fc.assert(
      fc.property(keys, tokens(1), (k, ids) => {
        const kept = deleteTokens(k, ids);
        expect(kept.length).toBeGreaterThan(0);
        expect(isSubsequence(kept, ids)).toBe(true);
      }),
    );
  });

  it("deletes 60 % of the tokens in the mean (TSDAE's ratio), none with 0, all but one with 1", () => {
    const kept = many(2000, (seed) => deleteTokens(key(seed), range(30)).length);
    // Standard error: sqrt(30 * .4 * .6 / 2000) = .06; four of them.
    expect(Math.abs(mean(kept) - 12)).toBeLessThan(0.24);
    expect(deleteTokens(key(0), range(9), { ratio: 0 })).toEqual(range(9));
    expect(deleteTokens(key(0), range(9), { ratio: 1 })).toHaveLength(1);
  });
});

describe("shuffleTokens", () => {
  it("keeps the multiset", () => {
    fc.assert(
      fc.property(keys, tokens(), (k, ids) => {
        expect(shuffleTokens(k, ids).sort()).toEqual(ids.slice().sort());
      }),
    );
  });

  it("moves none further than its reach, and reach 0 moves none", () => {
    fc.assert(
      fc.property(keys, fc.nat({ max: 40 }), fc.integer({ min: 0, max: 5 }), (k, n, reach) => {
        shuffledPositions(k, n, { reach }).forEach((at, i) => expect(Math.abs(at - i)).toBeLessThanOrEqual(reach));
      }),
    );
  });
});

describe("repeatTokens", () => {
  it("repeats at most max(2, ratio n) tokens, each once, at its place", () => {
    fc.assert(
      fc.property(keys, fc.nat({ max: 40 }), (k, n) => {
        const repeated = repeatTokens(k, range(n));
        expect(repeated.length - n).toBeLessThanOrEqual(Math.min(n, Math.max(2, Math.floor(0.32 * n))));
        expect([...new Set(repeated)]).toEqual([...range(n)]); // in order, none lost
        expect([...repeated].sort((a, b) => a - b)).toEqual([...repeated]);
        for (const id of range(n)) expect(repeated.filter((one) => one === id).length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it("repeats any number up to that equally often: 3 of 20 in the mean (ESimCSE, equation 1: uniform on 0 to 6)", () => {
    const added = many(2000, (seed) => repeatTokens(key(seed), range(20)).length - 20);
    expect(new Set(added)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    expect(Math.abs(mean(added) - 3)).toBeLessThan(0.18); // four standard errors of 2 / sqrt(2000)
  });
});

describe("maskTokens", () => {
  const [mask, vocabulary, n] = [50_000, 40_000, 200];
  const ids = Int32Array.from({ length: n }, () => 45_000); // no random token is equal to these

  it("asks for 15 %, of which 80 % are masked, 10 % random, 10 % as they were (BERT, section 3.1)", () => {
    const counts = { asked: 0, masked: 0, random: 0, same: 0 };
    for (let seed = 0; seed < 300; seed++) {
      const corrupted = maskTokens(key(seed), ids, { mask, vocabulary });
      corrupted.labels.forEach((label, i) => {
        const now = corrupted.ids[i]!;
        if (label === -100) return expect(now).toBe(45_000);
        expect(label).toBe(45_000);
        counts.asked++;
        if (now === mask) counts.masked++;
        else if (now === 45_000) counts.same++;
        else {
          expect(now).toBeLessThan(vocabulary);
          counts.random++;
        }
      });
    }
    // Four standard errors: sqrt(.15 * .85 / 60000) = .0015; for the shares of about 9000, at most sqrt(.8 * .2 / 9000) = .0042.
    expect(Math.abs(counts.asked / (300 * n) - 0.15)).toBeLessThan(0.006);
    expect(Math.abs(counts.masked / counts.asked - 0.8)).toBeLessThan(0.017);
    expect(Math.abs(counts.random / counts.asked - 0.1)).toBeLessThan(0.017);
    expect(Math.abs(counts.same / counts.asked - 0.1)).toBeLessThan(0.017);
  });

  it("never asks for special tokens", () => {
    const { ids: out, labels } = maskTokens(key(0), Int32Array.of(1, 7, 7, 2), {
      mask: 3,
      vocabulary: 9,
      ratio: 1,
      special: [1, 2],
    });
    expect([...labels]).toEqual([-100, 7, 7, -100]);
    expect([out[0], out[3]]).toEqual([1, 2]);
  });

  it("stands on corruptTokens", () => {
    expect(corruptTokens(Int32Array.of(5, 6, 7), [2, 0], [9, 5])).toEqual({
      ids: Int32Array.of(5, 6, 9),
      labels: Int32Array.of(5, -100, 7),
    });
    expect(() => corruptTokens(Int32Array.of(5), [1], [9])).toThrow("a position is below 1; got 1");
  });
});

describe("cutOff", () => {
  it("fills floor(ratio n) places and leaves the others, at least one", () => {
    fc.assert(
      fc.property(
        keys,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (k, n, span, ratio) => {
          const cut = cutOff(k, range(n), { fill: -1, ratio, span });
          const places = [...range(n)].filter((i) => cut[i] === -1);
          expect(places).toHaveLength(Math.min(n - 1, Math.floor(ratio * n)));
          if (span) places.forEach((at, i) => expect(at).toBe(places[0]! + i));
          expect([...range(n)].every((i) => cut[i] === -1 || cut[i] === i)).toBe(true);
        },
      ),
    );
  });
});

describe("pickTokens", () => {
  it("takes positions in their order, twice too, and refuses one outside", () => {
    expect(pickTokens(Int32Array.of(7, 8, 9), [2, 0, 0])).toEqual(Int32Array.of(9, 7, 7));
    expect(() => pickTokens(range(2), [2])).toThrow("a position is below 2; got 2");
  });
});
