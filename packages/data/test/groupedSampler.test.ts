import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupedSampler } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";

describe("groupedSampler", () => {
  it("gives P labels with K examples each, standing together, and no example twice in the first epoch", () => {
    const cases = fc.record({
      seed: fc.nat(),
      perLabel: fc.integer({ min: 1, max: 3 }),
      groups: fc.integer({ min: 1, max: 3 }),
      labels: fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 40, maxLength: 80 }),
    });
    fc.assert(
      fc.property(cases, ({ seed, perLabel, groups, labels }) => {
        fc.pre(["a", "b", "c"].every((label) => labels.filter((one) => one === label).length >= 3));
        const batch = perLabel * groups;
        const { batchesPerEpoch, indices } = groupedSampler(key(seed), labels, { batch, perLabel });
        const seen: number[] = [];
        for (let step = 0; step < batchesPerEpoch; step++) {
          const own = [...indices(step)];
          expect(own).toHaveLength(batch);
          const heads = Array.from({ length: groups }, (_, i) => labels[own[i * perLabel]!]!);
          expect(own.map((i) => labels[i])).toEqual(heads.flatMap((label) => new Array(perLabel).fill(label)));
          expect(new Set(heads).size).toBe(groups);
          seen.push(...own);
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(groupedSampler(key(seed), labels, { batch, perLabel }).indices(batchesPerEpoch)).toEqual(
          indices(batchesPerEpoch),
        );
      }),
    );
  });

  it("refuses labels with too few examples and groups that do not fill a batch", () => {
    const make = (labels: number[], options: object) => () => groupedSampler(key(0), labels, options);
    expect(make([1, 1, 1, 2], { batch: 4 })).toThrow(UserError);
    expect(make([1, 1, 1, 2], { batch: 4 })).toThrow(/needs 2 labels with at least 2 examples each/);
    expect(make([1, 1, 2, 2], { batch: 3 })).toThrow(/a batch of 3 cannot hold groups of 2/);
  });
});
