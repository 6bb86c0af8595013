import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSafetensorsFile } from "@nearfar/formats";
import { checkpointSteps, createRun, loadCheckpoint, saveCheckpoint, type Checkpoint } from "@nearfar/runs";
import { leaves, loadEngine, tf, type Params } from "@nearfar/tensor";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

beforeAll(() => void loadEngine());

const values = (params: Params) =>
  [...leaves(params)].map(([path, leaf]) => ({ path, dtype: leaf.dtype, shape: leaf.shape, data: leaf.dataSync() }));

const one = (step: number): Checkpoint => ({ step, trees: { params: { weight: tf.scalar(step) } }, plain: {} });

describe("saveCheckpoint", () => {
  it("gives back what it was given: values bit for bit, types, shapes, the order of leaves, and branches without any", async () => {
    const run = await createRun(newFolder(), configuration);
    const bits = new Float32Array(
      new Uint32Array([0x80000000, 1, 0x7f7fffff, 0x3eaaaaab, 0xff800000, 0x3f800000]).buffer,
    );
    const checkpoint: Checkpoint = {
      step: 1200,
      trees: {
        params: {
          projector: { weight: tf.tensor2d(bits, [2, 3]), bias: tf.zeros([0]) },
          encoder: { conv1: { weight: tf.ones([1, 1, 1, 2]) }, activation: {} },
        },
        state: {},
        slots: { count: tf.scalar(7, "int32"), full: tf.tensor1d([true, false], "bool") },
      },
      plain: { key: [4294967295, 1], sampler: { epoch: 3, position: 17 }, name: "é\n" },
    };
    const path = await saveCheckpoint(run, checkpoint);
    expect(path).toBe(join(run.dir, "checkpoints", "step-00001200.safetensors"));
    const loaded = await loadCheckpoint(run);
    expect(loaded.step).toBe(1200);
    expect(loaded.plain).toEqual(checkpoint.plain);
    expect(values(loaded.trees)).toEqual(values(checkpoint.trees)); // toEqual tells -0 from 0
    expect(Object.keys(loaded.trees.state!)).toEqual([]);
    expect(Object.keys((loaded.trees.params!.encoder as Params).activation as Params)).toEqual([]);
    await run.close();
  });

  it("names leaves by their paths in the file", async () => {
    const run = await createRun(newFolder(), configuration);
    const trees = { params: { encoder: { weight: tf.ones([1]) } }, state: { queue: tf.zeros([2], "int32") } };
    const { tensors, metadata } = await readSafetensorsFile(await saveCheckpoint(run, { step: 3, trees, plain: {} }));
    expect([...tensors.keys()].sort()).toEqual(["params.encoder.weight", "state.queue"]);
    expect(metadata).toMatchObject({ format: "nearfar-checkpoint/1", step: "3", plain: "{}" });
  });

  it("loses no order of leaves", async () => {
    const run = await createRun(newFolder(), configuration);
    const name = fc.string({ unit: fc.constantFrom("a", "b", "1", "2", "_", "é"), minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { maxLength: 6 }), async (names) => {
        const params = Object.fromEntries(names.map((name, i) => [name, tf.scalar(i)]));
        await saveCheckpoint(run, { step: 1, trees: { params }, plain: {} });
        expect(values((await loadCheckpoint(run)).trees)).toEqual(values({ params }));
      }),
      { numRuns: 20 },
    );
  });

  it("keeps this one and the one before, and what a killed process left goes", async () => {
    const run = await createRun(newFolder(), configuration);
    const folder = join(run.dir, "checkpoints");
    for (const step of [100, 200, 300]) await saveCheckpoint(run, one(step));
    expect(await checkpointSteps(run)).toEqual([200, 300]);
    writeFileSync(join(folder, ".step-00000400.safetensors.00ff.tmp"), "half");
    await saveCheckpoint(run, one(250)); // went on from 200
    expect(readdirSync(folder).sort()).toEqual(["step-00000200.safetensors", "step-00000250.safetensors"]);
    expect((await loadCheckpoint(run, { step: 200 })).trees.params!.weight!).toSatisfy(
      (weight) => (weight as tf.Scalar).dataSync()[0] === 200,
    );
  });

  it("replaces the checkpoint of a step that is saved again", async () => {
    const run = await createRun(newFolder(), configuration);
    await saveCheckpoint(run, one(1));
    await saveCheckpoint(run, { ...one(1), plain: { again: true } });
    expect((await loadCheckpoint(run)).plain).toEqual({ again: true });
  });

  it("refuses what a file cannot hold, and leaves no file", async () => {
    const run = await createRun(newFolder(), configuration);
    const text = { params: { names: tf.tensor1d(["a"]) } };
    await expect(saveCheckpoint(run, { step: 1, trees: text, plain: {} })).rejects.toThrow(
      'saveCheckpoint: leaves are float32, int32 or bool; got string for "params.names".',
    );
    await expect(saveCheckpoint(run, { ...one(1), plain: { loss: Infinity } })).rejects.toThrow("numbers are finite");
    await expect(saveCheckpoint(run, one(-1))).rejects.toThrow("a step is a whole number from 0; got -1.");
    await expect(saveCheckpoint(run, one(1.5))).rejects.toThrow(RangeError);
    expect(await checkpointSteps(run)).toEqual([]);
  });
});
