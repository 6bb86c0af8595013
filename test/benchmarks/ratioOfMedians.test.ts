import { key, normals } from "@nearfar/random";
import { describe, expect, it } from "vitest";
import { ratioOfMedians } from "./ratioOfMedians.ts";

describe("ratioOfMedians", () => {
  it("of values that are all twice the peer's is 2 without any doubt, however much the machine moves", () => {
    const peer = [1, 5, 2, 9, 4];
    const ours = peer.map((value) => 2 * value);
    expect(ratioOfMedians(key(0), ours, peer)).toEqual({ value: 2, low: 2, high: 2 }); // every resample has ratio 2
  });

  it("covers the true ratio in about 95 of 100 experiments", () => {
    // Both have median 1 in truth. The bound is the binomial distribution's: at 95 % fewer than 85 of 100 is a chance of 1e-4.
    let covered = 0;
    for (let experiment = 0; experiment < 100; experiment++) {
      const noise = normals(key(experiment), 40);
      const draw = (from: number) => Array.from(noise.subarray(from, from + 20), (x) => Math.exp(x / 10));
      const { low, high } = ratioOfMedians(key(1).fold(experiment), draw(0), draw(20), { resamples: 200 });
      if (low <= 1 && 1 <= high) covered++;
      expect(high).toBeLessThan(1.5); // ten standard deviations of the ratio, exp(10 x 1.25 x 0.1 x sqrt(2 / 20))
    }
    expect(covered).toBeGreaterThanOrEqual(85);
  });

  it("gives the same interval for the same key, and refuses values without a partner", () => {
    const [ours, peer] = [[1, 2, 3, 4], [2, 2, 1, 3]]; // prettier-ignore
    expect(ratioOfMedians(key(3), ours!, peer!)).toEqual(ratioOfMedians(key(3), ours!, peer!));
    expect(() => ratioOfMedians(key(0), [1, 2], [1])).toThrow("got 2 and 1");
  });
});
