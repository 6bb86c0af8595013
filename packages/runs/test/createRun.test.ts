import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRun, fingerprint, load, openRun, saveCheckpoint } from "@nearfar/runs";
import { loadEngine, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

beforeAll(() => void loadEngine());

describe("createRun", () => {
  it("writes what load reads, and gives the lock back", async () => {
    const dir = join(newFolder(), "deep", "down");
    const data = fingerprint(["a.png 1"]);
    const run = await createRun(dir, configuration, { data });
    expect(readdirSync(dir).sort()).toEqual(["lock", "run.json"]);
    expect(await load(dir)).toMatchObject({ dir, configuration, data, nearfar: run.nearfar });
    expect(run.nearfar).toMatch(/^\d+\.\d+\.\d+/);
    await run.close();
    expect(readdirSync(dir)).toEqual(["run.json"]);
  });

  it("takes an empty folder, and one in which a start died or the system keeps a hidden file", async () => {
    const dir = newFolder();
    mkdirSync(dir);
    for (const name of [".DS_Store", ".run.json.00ff.tmp"]) writeFileSync(join(dir, name), "");
    await (await createRun(dir, configuration)).close();
    expect((await load(dir)).data).toBeNull();
  });

  it("refuses a folder of other things, and leaves nothing there", async () => {
    const dir = newFolder();
    mkdirSync(dir);
    writeFileSync(join(dir, "thesis.tex"), "");
    await expect(createRun(dir, configuration)).rejects.toMatchObject({
      name: "UserError",
      message: `${dir}: not empty (it holds "thesis.tex") and no run. Name a new or an empty folder with --run.`,
    });
    expect(readdirSync(dir)).toEqual(["thesis.tex"]);
  });

  it("refuses a path that is a file, or goes through one", async () => {
    const file = newFolder();
    writeFileSync(file, "");
    await expect(createRun(file, configuration)).rejects.toMatchObject({ name: "UserError" });
    await expect(createRun(join(file, "run"), configuration)).rejects.toMatchObject({ name: "UserError" });
    expect(readFileSync(file, "utf8")).toBe("");
  });

  it("refuses a run that is there, and says whether --resume helps", async () => {
    const dir = newFolder();
    const run = await createRun(dir, { ...configuration, steps: 2 });
    const trees = { params: { weight: tf.zeros([1]) } };
    await saveCheckpoint(run, { step: 1, trees, plain: {} });
    await run.close();
    await expect(createRun(dir, configuration)).rejects.toThrow(
      `${dir}: holds a run of simclr with convnet, at step 1 of 2. Add --resume to go on, or name another folder with --run.`,
    );
    const again = await openRun(dir);
    await saveCheckpoint(again, { step: 2, trees, plain: {} });
    await again.close();
    await expect(createRun(dir, configuration)).rejects.toThrow(
      `${dir}: holds a run of simclr with convnet, finished at step 2. Name another folder with --run, or evaluate this one.`,
    );
    expect(existsSync(join(dir, "lock"))).toBe(false);
  });

  it("writes no number that JSON has no word for", async () => {
    const dir = newFolder();
    await expect(createRun(dir, { ...configuration, temperature: NaN })).rejects.toThrow(
      `${join(dir, "run.json")}: numbers are finite; got NaN for "temperature".`,
    );
    expect(readdirSync(dir)).toEqual([]);
  });
});
