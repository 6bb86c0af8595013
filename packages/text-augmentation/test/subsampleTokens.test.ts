import { key } from "@nearfar/random";
import { subsampleTokens, subsampling } from "@nearfar/text-augmentation";
import { describe, expect, it } from "vitest";

describe("subsampling", () => {
  it("is sqrt(threshold / share), at most 1 (Mikolov et al. 2013, equation 5), and 1 for what was never counted", () => {
    // Shares .8, .19, .01, 0: sqrt(.05 / .8) = .25, sqrt(.05 / .19) = .513.
    const keep = subsampling([80, 19, 1, 0], { threshold: 0.05 });
    expect(keep[0]).toBe(0.25);
    expect(keep[1]).toBeCloseTo(Math.sqrt(0.05 / 0.19), 6);
    expect([keep[2], keep[3]]).toEqual([1, 1]);
    expect(() => subsampling([1], { threshold: 0 })).toThrow("the threshold is positive; got 0");
  });
});

describe("subsampleTokens", () => {
  const keep = Float32Array.of(0.25, 0, 1);

  it("keeps tokens with their chances, in their order", () => {
    const ids = Int32Array.from({ length: 4000 }, (_, i) => i % 4); // 3 lies beyond the list
    const kept = subsampleTokens(key(7), ids, keep);
    const count = (id: number) => kept.filter((one) => one === id).length;
    // 1000 tokens with the chance 1/4: deviation sqrt(1000 * .25 * .75) = 13.7; four of them.
    expect(Math.abs(count(0) - 250)).toBeLessThan(55);
    expect([count(1), count(2), count(3)]).toEqual([0, 1000, 1000]);
    expect(kept).toEqual(subsampleTokens(key(7), ids, keep));
    const others = kept.filter((id) => id >= 2);
    expect(others).toEqual(Int32Array.from(others, (_, i) => 2 + (i % 2)));
  });

  it("keeps one where none is left, the rarest, and none of none", () => {
    expect(subsampleTokens(key(0), Int32Array.of(1, 1), keep)).toEqual(Int32Array.of(1));
    expect(subsampleTokens(key(0), new Int32Array(0), keep)).toHaveLength(0);
  });
});
