import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Result } from "./result.ts";
import { readResults, storeResult } from "./storeResult.ts";

const result: Result = {
  name: "a-first",
  command: "npm run bench -- a --slice first",
  quick: false,
  date: "2000-01-01T00:00Z",
  commit: "none yet",
  machine: { cpu: "a processor", cores: 2, system: "linux-x64" },
  versions: { node: "v20.0.0" },
  rows: [
    { what: "a | b", ours: "1 ms", ratio: { value: 0.5, low: 0.4, high: 0.6 }, target: "ratio <= 1", reached: "yes" },
  ],
  samples: { ours: [1, 2.5, -3e-7] },
};
const names = ["a-first", "b-second"];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-results-"));
});
afterEach(() => rm(folder, { recursive: true }));

const page = () => readFile(join(folder, "RESULTS.md"), "utf8");

describe("storeResult", () => {
  it("stores what readResults gives back, numbers on one line, and renders it", async () => {
    expect(await storeResult(folder, result, names)).toBe(true);
    expect(await readResults(folder)).toEqual([result]);
    expect(await readFile(join(folder, "results", "a-first.json"), "utf8")).toContain('"ours": [1, 2.5, -3e-7]');
    expect(await page()).toContain("| a \\| b | 1 ms |  | 0.50 (0.40 to 0.60) | ratio <= 1 | yes |");
  });

  it("renders all that is stored in the order of the measurements, not of their making", async () => {
    await storeResult(folder, { ...result, name: "b-second" }, names);
    await storeResult(folder, result, names);
    const text = await page();
    expect(text.indexOf("## a-first")).toBeGreaterThan(0);
    expect(text.indexOf("## b-second")).toBeGreaterThan(text.indexOf("## a-first"));
  });

  it("marks a quick trial, and never lets it take the place of a figure", async () => {
    const quick = { ...result, quick: true, rows: [] };
    expect(await storeResult(folder, quick, names)).toBe(true);
    expect(await page()).toContain("## a-first (quick trial");
    expect(await storeResult(folder, result, names)).toBe(true);
    expect(await storeResult(folder, quick, names)).toBe(false);
    expect(await readResults(folder)).toEqual([result]);
  });
});
