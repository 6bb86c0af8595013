import { join } from "node:path";
import type { Method } from "@nearfar/methods";
import { inBatch } from "@nearfar/losses";
import { adamW, linear } from "@nearfar/optimizers";
import { key, normals, uniforms } from "@nearfar/random";
import { createRun, openRun } from "@nearfar/runs";
import { loadEngine, segmentMean, tf, type Tensor1D, type Tensor2D } from "@nearfar/tensor";
import { runDigest, temporaryFolder, tensorCount } from "@nearfar/testing";
import { Interrupted, train, type TrainOptions } from "@nearfar/trainer";
import { beforeAll, describe, expect, it } from "vitest";
import { checkpointsOf } from "./checkpointsOf.ts";

beforeAll(() => void loadEngine());

type Bags = { ids: Tensor1D; rows: Tensor1D };
const N = 16;

/** Bags of words, each in two versions: the gradient of its table comes by rows, which the optimizer writes in place. */
const method: Method<Bags, Tensor2D> = {
  name: "bags",
  init: (key) => ({ params: { table: tf.tensor2d(normals(key, 400), [50, 8]) }, state: {} }),
  embed: (params, _, { ids, rows }, mode) =>
    segmentMean((params as { table: Tensor2D }).table, ids, { rows, count: 2 * N }, mode),
  objective: (_, state, z) => {
    const [left, right] = tf.split(z, 2) as [Tensor2D, Tensor2D];
    return { loss: inBatch(left, right), state, log: {} };
  },
  watched: (z) => z,
  chance: () => Math.log(N),
};

async function* batches(first: number): AsyncGenerator<Bags> {
  for (let step = first; ; step++) {
    const words = uniforms(key(step), N * 6, { min: 0, max: 3 });
    const ids = Int32Array.from(words, (word, i) => 3 * Math.floor(i / 6) + Math.floor(word)); // three words a text, on both sides
    const rows = Int32Array.from(words, (_, i) => (i % 2) * N + Math.floor(i / 6));
    const order = [...rows.keys()].sort((a, b) => rows[a]! - rows[b]!);
    yield {
      ids: tf.tensor1d(order.map((i) => ids[i]!), "int32"), // prettier-ignore
      rows: tf.tensor1d(order.map((i) => rows[i]!), "int32"), // prettier-ignore
    };
  }
}

async function trainIn(
  dir: string,
  { resume = false, ...options }: Partial<TrainOptions<Bags>> & { resume?: boolean },
) {
  const run = await (resume ? openRun(dir) : createRun(dir, { method: "bags", encoder: "bag", seed: 0, batch: N }));
  try {
    const { trained, report } = await train(key(0), { method: method as Method<Bags>, optimizer: adamW() }, run, {
      length: { steps: 12 },
      schedule: (steps) => linear({ steps, peak: 0.05 }),
      batches,
      ...options,
    });
    tf.dispose(trained as never);
    return report;
  } finally {
    await run.close();
  }
}

const folder = () => join(temporaryFolder(), "run");

describe("a table whose gradient comes by rows", () => {
  it("learns, and leaves no tensor", async () => {
    const dir = folder();
    await trainIn(dir, { length: { steps: 1 } });
    const before = tensorCount();
    const report = await trainIn(folder(), { length: { steps: 60 } });
    expect(report.loss).toBeLessThan(Math.log(N) - 0.5); // chance is ln 16
    expect(tensorCount()).toBe(before);
  });

  it("is the same after a pause, bit for bit", async () => {
    const [whole, paused] = [folder(), folder()];
    await trainIn(whole, {});
    await expect(trainIn(paused, { pauseAt: 5 })).rejects.toThrow(Interrupted);
    await trainIn(paused, { resume: true });
    expect(runDigest(paused)).toEqual(runDigest(whole));
    expect(checkpointsOf(paused).at(-1)).toEqual(checkpointsOf(whole).at(-1));
  });

  it("is not moved by the rehearsal of a budget: the run equals one of as many steps", async () => {
    const [budget, steps] = [folder(), folder()];
    const report = await trainIn(budget, { length: { seconds: 0.5 } });
    await trainIn(steps, { length: { steps: report.steps } });
    expect(runDigest(budget).log).toEqual(runDigest(steps).log);
    expect(checkpointsOf(budget).at(-1)).toEqual(checkpointsOf(steps).at(-1));
  });
});
