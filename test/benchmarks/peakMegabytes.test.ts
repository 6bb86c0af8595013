import { expect, it } from "vitest";
import { peakMegabytes } from "./peakMegabytes.ts";

it("is at least what is held now, in MB, and stays when it is given back", () => {
  let held: Buffer | undefined = Buffer.alloc(2e8, 1); // 200 MB, written and so resident
  const [now, peak] = [process.memoryUsage.rss() / 1e6, peakMegabytes()];
  expect(held.length).toBe(2e8);
  held = undefined;
  expect(peak).toBeGreaterThanOrEqual(0.99 * now); // the two are read one after the other
  expect(peak).toBeGreaterThan(200);
  expect(peakMegabytes()).toBeGreaterThanOrEqual(peak);
});
