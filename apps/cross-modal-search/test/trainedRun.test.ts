import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openPairs } from "@nearfar/data";
import { loadEngine } from "@nearfar/tensor";
import { configurationFor } from "../src/configurationFor.ts";
import { evaluateCommand } from "../src/evaluateCommand.ts";
import { searchCommand } from "../src/searchCommand.ts";
import { trainPairs } from "../src/trainPairs.ts";
import { drawnFolder } from "./drawnFolder.ts";
import { programOutput } from "./programOutput.ts";

const run = programOutput();

interface Recalls {
  textToImage: { recall: Record<string, number> };
}

interface Kept {
  retrieval: Recalls;
  chance: Recalls;
  untrained: { retrieval: Recalls };
}

describe("a run that was trained", () => {
  it("is evaluated beside its untrained towers, and searched", async () => {
    loadEngine();
    const { pictures, table, folder } = await drawnFolder();
    const dir = join(folder, "trained");
    const set = await openPairs(table, { images: pictures });
    const settings = {
      ...configurationFor("photos"),
      image: "convnet",
      text: "static",
      size: 16,
      dimensions: 16,
      batch: 32,
      tags: false,
      seed: 1,
      length: { steps: 60 },
    };
    await trainPairs(set, dir, settings, { workers: 0 });
    const { code, stdout, stderr } = await run(evaluateCommand(), table, "--images", pictures, "--run", dir);
    expect(stderr).not.toMatch(/left out/);
    expect(code).toBe(0);
    const lines = stdout.split("\n").filter((line) => line.startsWith("text to image"));
    expect(lines.map((line) => line.replace(dir, "run").split(/ {2,}/)[1])).toEqual(["run", "untrained", "chance"]);
    const kept = JSON.parse(readFileSync(join(dir, "evaluation.json"), "utf8")) as Kept;
    const at10 = ({ textToImage }: Recalls) => textToImage.recall["recall@10"]!;
    // Chance is 10 of 64. Eight colours are learned in 60 steps at the latest, and then the ten best hold the right one far more often.
    expect(at10(kept.retrieval)).toBeGreaterThan(2 * at10(kept.chance));
    expect(at10(kept.retrieval)).toBeGreaterThan(at10(kept.untrained.retrieval) + 0.1);
    const found = await run(searchCommand(), pictures, "--run", dir, "--query", "a red circle", "-k", "3");
    expect(found.code).toBe(0);
    expect(found.stdout.trimEnd().split("\n")).toHaveLength(4);
  });
});
