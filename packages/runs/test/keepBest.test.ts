import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepBest } from "@nearfar/runs";
import { temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";

/** Writes a model that is its name, and another file by which a mixed folder would show. */
const writing = (name: string) => async (folder: string) => {
  mkdirSync(folder);
  writeFileSync(join(folder, "name"), name);
  writeFileSync(join(folder, `only-${name}`), "");
};
const kept = (dir: string) => readdirSync(join(dir, "model")).sort();

describe("keepBest", () => {
  it("keeps the model with the highest score, whole, also after a resume", async () => {
    const dir = temporaryFolder();
    const first = await keepBest(dir);
    expect(await first({ step: 1, score: 0.5, write: writing("a") })).toBe(0.5);
    expect(await first({ step: 2, score: 0.4, write: writing("b") })).toBe(0.5);
    expect(kept(dir)).toEqual(["name", "only-a"]);
    const again = await keepBest(dir);
    expect(await again({ step: 3, score: 0.5, write: writing("c") })).toBe(0.5);
    expect(await again({ step: 4, score: 0.6, write: writing("d") })).toBe(0.6);
    expect(kept(dir)).toEqual(["name", "only-d"]);
    expect(JSON.parse(readFileSync(join(dir, "best.json"), "utf8"))).toEqual({ step: 4, score: 0.6 });
    expect(readdirSync(dir).sort()).toEqual(["best.json", "model"]);
  });

  it("leaves the last model where writing the next one fails", async () => {
    const dir = temporaryFolder();
    const best = await keepBest(dir);
    await best({ step: 1, score: 1, write: writing("a") });
    const failing = async (folder: string) => {
      await writing("b")(folder);
      throw new Error("no space left");
    };
    await expect(best({ step: 2, score: 2, write: failing })).rejects.toThrow("no space left");
    expect(kept(dir)).toEqual(["name", "only-a"]);
    expect(await best({ step: 3, score: 3, write: writing("c") })).toBe(3);
    expect(kept(dir)).toEqual(["name", "only-c"]);
  });

  it("puts the last model back where a process ended between taking it away and putting the next one there", async () => {
    const dir = temporaryFolder();
    await (
      await keepBest(dir)
    )({ step: 1, score: 1, write: writing("a") });
    renameSync(join(dir, "model"), join(dir, ".model-last"));
    await keepBest(dir);
    expect(kept(dir)).toEqual(["name", "only-a"]);
    expect(existsSync(join(dir, ".model-last"))).toBe(false);
  });
});
