import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeSafetensorsFile, type NamedArray } from "@nearfar/formats";
import {
  checkpointSteps,
  createRun,
  lastGoodCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
  type OpenRun,
} from "@nearfar/runs";
import { leaves, loadEngine, tf } from "@nearfar/tensor";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

beforeAll(() => void loadEngine());

let run: OpenRun;
let newest: string;

beforeEach(async () => {
  run = await createRun(newFolder(), configuration);
  for (const step of [1100, 1200]) {
    const trees = { params: { weight: tf.fill([4, 3], step), bias: tf.zeros([3]) }, state: {} };
    newest = await saveCheckpoint(run, { step, trees, plain: { key: [1, 2] } });
  }
});

const refused = async (message: string) => {
  await expect(loadCheckpoint(run)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining(message) as string,
  });
};

describe("loadCheckpoint", () => {
  it("reads the newest, or the one that is asked for", async () => {
    expect((await loadCheckpoint(run)).step).toBe(1200);
    const { trees } = await loadCheckpoint(run, { step: 1100 });
    expect(leaves(trees).get("params.weight")!.dataSync()[11]).toBe(1100);
    await expect(loadCheckpoint(run, { step: 7 })).rejects.toThrow(
      `${run.dir}: no checkpoint of step 7. There are: 1100, 1200.`,
    );
  });

  it("says that there is none yet", async () => {
    const empty = await createRun(newFolder(), configuration);
    expect(await checkpointSteps(empty)).toEqual([]);
    expect(await lastGoodCheckpoint(empty)).toBeUndefined();
    await expect(loadCheckpoint(empty)).rejects.toMatchObject({ name: "UserError" });
  });

  it("names a file that was cut in half, and the earlier one that is good; following the advice works", async () => {
    const bytes = readFileSync(newest);
    writeFileSync(newest, bytes.subarray(0, bytes.length / 2));
    await refused(`${newest}: `);
    await refused("The checkpoint of step 1100 is good: delete this file to go on from there.");
    expect(await lastGoodCheckpoint(run)).toBe(1100);
    rmSync(newest);
    expect((await loadCheckpoint(run)).step).toBe(1100);
  });

  it("says so if no earlier one is good", async () => {
    for (const step of await checkpointSteps(run))
      writeFileSync(join(run.dir, "checkpoints", `step-0000${step}.safetensors`), "");
    await refused("No earlier checkpoint is good: train again, in another folder.");
    expect(await lastGoodCheckpoint(run)).toBeUndefined();
  });

  it("refuses every cut and every flipped byte of the header or the data", async () => {
    const bytes = readFileSync(newest);
    const headerEnd = 8 + Number(bytes.readBigUInt64LE(0));
    const header = bytes.subarray(0, headerEnd).toString("latin1").trimEnd().length; // blanks behind it pad and say nothing
    const positions = fc.integer({ min: 0, max: bytes.length - 1 }).filter((at) => at < header || at >= headerEnd);
    const damage = fc.oneof(
      fc.integer({ min: 0, max: bytes.length - 1 }).map((length) => bytes.subarray(0, length)),
      fc.tuple(positions, fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
        const changed = Buffer.from(bytes);
        changed[at]! ^= mask;
        return changed;
      }),
      fc.uint8Array({ minLength: 1, maxLength: 64 }).map((more) => Buffer.concat([bytes, more])),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (damaged) => {
        writeFileSync(newest, damaged);
        await refused(newest);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses a file under another step's name", async () => {
    renameSync(newest, newest.replace("1200", "1300"));
    await refused("this is the checkpoint of step 1200; was it renamed?");
  });

  it("passes over files that are no checkpoints", async () => {
    const folder = join(run.dir, "checkpoints");
    for (const name of ["step-9.safetensors", "best.safetensors", "step-00009999.safetensors.bak"])
      writeFileSync(join(folder, name), "");
    mkdirSync(join(folder, "old"));
    expect(await checkpointSteps(run)).toEqual([1100, 1200]);
  });
});

describe("a checkpoint made to deceive", () => {
  const scalar: NamedArray = { shape: [], dtype: "F32", data: new Float32Array(1) };

  /** Writes a checkpoint whose digest fits, as an author could: the documented digest, computed here anew. */
  async function forge(tensors: Record<string, NamedArray>, paths: unknown, plain = "{}"): Promise<void> {
    const metadata = { format: "nearfar-checkpoint/1", step: "1200", paths: JSON.stringify(paths), plain };
    const hash = createHash("sha256").update(JSON.stringify(Object.values(metadata)));
    for (const [name, { dtype, shape, data }] of Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1)))
      hash.update(JSON.stringify([name, dtype, shape])).update(Buffer.from(data.buffer));
    await writeSafetensorsFile(newest, new Map(Object.entries(tensors)), { ...metadata, sha256: hash.digest("hex") });
  }

  it("loads if it is honest: the digest is what the README says", async () => {
    await forge({ a: scalar }, { leaves: ["a"], bare: [] });
    expect((await loadCheckpoint(run)).step).toBe(1200);
  });

  it.each([
    ["a list that is none", { leaves: 3, bare: [] }, "the metadata names no trees."],
    ["an empty name", { leaves: ["a."], bare: [] }, "the metadata names no trees."],
    ["a tree too deep to walk", { leaves: ["a"], bare: ["b.".repeat(100_000) + "b"] }, "the metadata names no trees."],
    ["a branch that is a leaf", { leaves: ["a"], bare: ["a.b"] }, "is a leaf and a branch at once."],
    ["a name twice", { leaves: ["a", "a"], bare: [] }, "is there twice"],
    ["a tensor that is missing", { leaves: ["b"], bare: [] }, "the tensors are not those that the metadata names."],
    ["a tensor too many", { leaves: [], bare: [] }, "the tensors are not those that the metadata names."],
  ])("is refused: %s", async (_, paths, message) => {
    await forge({ a: scalar }, paths);
    await refused(message);
  });

  it("is refused: types that no checkpoint has, and plain text that is no object", async () => {
    await forge({ a: { ...scalar, dtype: "F64", data: new Float64Array(1) } }, { leaves: ["a"], bare: [] });
    await refused('tensors are F32, I32 or BOOL; got F64 for "a".');
    await forge({ a: scalar }, { leaves: ["a"], bare: [] }, "[");
    await refused("not JSON");
  });

  it("changes no prototype", async () => {
    await forge(
      { "__proto__.polluted": scalar },
      { leaves: ["__proto__.polluted"], bare: ["constructor.prototype.also"] },
    );
    await loadCheckpoint(run);
    expect("polluted" in {} || "also" in {}).toBe(false);
  });
});
