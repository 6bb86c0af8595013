import { existsSync } from "node:fs";
import { join } from "node:path";
import { amendRun, createRun, fingerprint, load, openRun } from "@nearfar/runs";
import { describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

const data = fingerprint(["a.png 1", "b.png 2"]);

async function closedRun(): Promise<string> {
  const dir = newFolder();
  await (await createRun(dir, configuration, { data })).close();
  return dir;
}

describe("openRun", () => {
  it("opens what is as expected, fields in any order, undefined ones aside", async () => {
    const dir = await closedRun();
    const expected = { method: "simclr", epochs: undefined, options: { views: [32, 32], temperature: 0.5 } };
    const run = await openRun(dir, { expected, data });
    expect(run.configuration).toEqual(configuration);
    expect(existsSync(join(dir, "lock"))).toBe(true);
    await run.close();
  });

  it("names both sides of what differs, and gives the lock back", async () => {
    const dir = await closedRun();
    await expect(openRun(dir, { expected: { method: "moco", encoder: "resnet18", seed: 0 } })).rejects.toMatchObject({
      name: "UserError",
      message: `${dir}: the run was started with method "simclr", encoder "convnet"; now method "moco", encoder "resnet18" was asked for. Ask for what it was started with, or name another folder with --run.`,
    });
    await expect(openRun(dir, { expected: { options: { temperature: 0.5, views: [32] } } })).rejects.toThrow("options");
    await expect(openRun(dir, { expected: { epochs: 2 } })).rejects.toThrow("started with epochs (none)");
    expect(existsSync(join(dir, "lock"))).toBe(false);
  });

  it("notices other data", async () => {
    const dir = await closedRun();
    const other = fingerprint(["a.png 1", "b.png 3"]);
    await expect(openRun(dir, { data: other })).rejects.toMatchObject({
      name: "UserError",
      message: `${dir}: the run was started on other data: 2 items (${data.sha256.slice(0, 8)}) then, 2 items (${other.sha256.slice(0, 8)}) now. Name the same data, or another folder with --run.`,
    });
  });

  it("is refused while the run is open, and writes nothing to a folder that is no run", async () => {
    const dir = newFolder();
    const run = await createRun(dir, configuration);
    await expect(openRun(dir)).rejects.toMatchObject({ name: "UserError" });
    await run.close();
    await expect(openRun(join(dir, ".."))).rejects.toThrow("not a run directory");
    expect(existsSync(join(dir, "..", "lock"))).toBe(false);
  });
});

describe("amendRun", () => {
  it("records what became known later", async () => {
    const { steps: _, ...unknown } = configuration;
    const run = await createRun(newFolder(), unknown);
    expect(run.configuration.steps).toBeUndefined();
    const amended = await amendRun(run, { steps: 198 });
    expect(amended.configuration).toEqual({ ...unknown, steps: 198 });
    expect((await load(run.dir)).configuration).toEqual({ ...unknown, steps: 198 });
    await amended.close();
    expect(existsSync(join(run.dir, "lock"))).toBe(false);
  });
});
