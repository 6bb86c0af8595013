import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastRecentlyUsed } from "../../src/serve/leastRecentlyUsed.ts";

describe("leastRecentlyUsed", () => {
  it("drops what was not asked for the longest", () => {
    const cache = leastRecentlyUsed<string>(2, () => 1);
    cache.set("a", "1");
    cache.set("b", "2");
    cache.get("a");
    cache.set("c", "3");
    expect(["a", "b", "c"].map((key) => cache.get(key))).toEqual(["1", undefined, "3"]);
  });

  it("never weighs more than it may, and has what was set last where that fits", () => {
    const sets = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.integer({ min: 1, max: 12 })));
    fc.assert(
      fc.property(sets, (given) => {
        const cache = leastRecentlyUsed<number>(10, (weight) => weight);
        for (const [key, weight] of given) {
          cache.set(key, weight);
          expect(cache.get(key)).toBe(weight <= 10 ? weight : undefined);
          const kept = ["a", "b", "c", "d", "e"].map((one) => cache.get(one) ?? 0);
          expect(kept.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(10);
        }
      }),
    );
  });
});
