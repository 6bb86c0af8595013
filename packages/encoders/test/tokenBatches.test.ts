import fc from "fast-check";
import { expect, it } from "vitest";
import { tokenBatches } from "../src/tokenBatches.ts";

const lists = fc.array(fc.integer({ min: 1, max: 50 }).map((length) => ({ length })));

it("tokenBatches hold every list once, within their bounds, the longest first", () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 9 }), (lists, tokens, texts) => {
      const batches = tokenBatches(lists, { tokens, texts });
      expect(batches.flat().sort((a, b) => a - b)).toEqual(lists.map((_, i) => i));
      for (const batch of batches) {
        const total = batch.reduce((sum, i) => sum + lists[i]!.length, 0);
        expect(batch.length === 1 || (total <= tokens && batch.length <= texts)).toBe(true);
      }
      const lengths = batches.flat().map((i) => lists[i]!.length);
      expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    }),
  );
});
