import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { relativeBuckets } from "../src/relativeBuckets.ts";

it("relativeBuckets are MPNet's for all distances to 599", () => {
  // Source: golden/makeTransformers.py, transformers' relative_position_bucket.
  const { buckets } = JSON.parse(readFileSync(join(import.meta.dirname, "golden/transformers.json"), "utf8")) as {
    buckets: number[];
  };
  const all = relativeBuckets(600, 32);
  expect([...all.subarray(599 * 600, 599 * 600 + 599), ...all.subarray(0, 600)]).toEqual(buckets);
});
