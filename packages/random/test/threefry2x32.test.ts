import { threefry2x32 } from "@nearfar/random";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("threefry2x32", () => {
  // Source: Random123's tests/kat_vectors, the lines "threefry2x32 20": counter, key, result.
  it.each([
    [
      [0x00000000, 0x00000000],
      [0x00000000, 0x00000000],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x243f6a88, 0x85a308d3],
      [0x13198a2e, 0x03707344],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] satisfies [Pair, Pair, Pair][])("counter %j, key %j: Random123's %j", (counter, key, expected) => {
    expect(threefry2x32(...(key as Pair), ...(counter as Pair))).toEqual(expected);
  });

  it("gives the words of JAX's split", () => {
    // Source: jax.random.split(PRNGKey(0)) is [[4146024105, 967050713], [2718843009, 1272950319]] in JAX's documentation ("Pseudorandom
    // numbers", before partitionable keys): the counters 0 to 3, the first half against the second.
    expect(threefry2x32(0, 0, 0, 2)).toEqual([4146024105, 2718843009]);
    expect(threefry2x32(0, 0, 1, 3)).toEqual([967050713, 1272950319]);
  });

  it("is a permutation of the counters: two never meet", () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(fc.tuple(word, word), fc.tuple(word, word), fc.tuple(word, word), (key, a, b) => {
        fc.pre(a.join() !== b.join());
        expect(threefry2x32(...key, ...a)).not.toEqual(threefry2x32(...key, ...b));
      }),
    );
  });

  it("takes signed words as their unsigned ones, and returns unsigned ones", () => {
    expect(threefry2x32(-1, -1, -1, -1)).toEqual(threefry2x32(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff));
    expect(threefry2x32(0, 0, 0, 0).every((word) => word >= 0 && word < 2 ** 32)).toBe(true);
  });

  it("flips half of all result bits when one bit of key or counter flips", () => {
    const base = threefry2x32(1, 2, 3, 4);
    const counts = Array.from({ length: 128 }, (_, bit) => {
      const input = [1, 2, 3, 4].map((word, i) => (i === bit >> 5 ? word ^ (1 << (bit & 31)) : word)) as Quad;
      const result = threefry2x32(...input);
      return ones(result[0] ^ base[0]) + ones(result[1] ^ base[1]);
    });
    const mean = counts.reduce((sum, count) => sum + count, 0) / 128;
    // 64 bits flip with probability 1/2: mean 32, deviation 4; over 128 trials the standard error is 4 / √128. Five of them.
    expect(Math.abs(mean - 32)).toBeLessThan((5 * 4) / Math.sqrt(128));
  });
});

type Pair = [number, number];
type Quad = [number, number, number, number];
const ones = (word: number) => (word >>> 0).toString(2).replaceAll("0", "").length;
