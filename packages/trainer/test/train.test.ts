import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Method } from "@nearfar/methods";
import { cosine } from "@nearfar/optimizers";
import { key } from "@nearfar/random";
import { load } from "@nearfar/runs";
import { loadEngine, mapLeaves, type Params, type Scalar, type Tensor2D, type Tensor4D, tf } from "@nearfar/tensor";
import { runDigest, temporaryFolder, tensorCount } from "@nearfar/testing";
import { Interrupted, NonFiniteLoss, train } from "@nearfar/trainer";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { checkpointsOf } from "./checkpointsOf.ts";
import { batches, parts, run, trainIn } from "./fixture.ts";

beforeAll(() => void loadEngine());

const folder = () => join(temporaryFolder(), "run");

describe("train", () => {
  it("shows observe the logged steps only, with the embeddings of the step", async () => {
    const seen: { step: number; shape: number[]; chance: number | undefined }[] = [];
    const told: number[] = [];
    await trainIn(folder(), {
      logEvery: 5,
      observe: ({ step, chance, embeddings }) => {
        seen.push({ step, shape: embeddings.shape, chance });
        return {};
      },
      progress: ({ step }) => void told.push(step),
    });
    // 8 pairs: ln(2 · 8 - 1) is the loss of embeddings that know nothing
    expect(seen).toEqual([5, 10, 12].map((step) => ({ step, shape: [16, 16], chance: Math.log(15) })));
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it("logs loss and rate, and lowers the loss", async () => {
    const dir = folder();
    const report = await trainIn(dir, { length: { steps: 20 }, logEvery: 1 });
    const lines = runDigest(dir)
      .log.trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { step: number; loss: number; rate: number });
    const rate = cosine({ steps: 20, peak: 0.06, warmup: 2 });
    expect(lines.map((line) => line.rate)).toEqual(lines.map((_, step) => rate(step)));
    expect(report.loss).toBe(lines.at(-1)!.loss);
    const mean = (part: typeof lines) => part.reduce((sum, line) => sum + line.loss, 0) / part.length;
    expect(mean(lines.slice(-5))).toBeLessThan(mean(lines.slice(0, 5)) - 0.1);
    expect(report).toMatchObject({ steps: 20, taken: 20 });
    expect(report).not.toHaveProperty("missed");
  });

  it("looks at the weights every so many steps and after the last, logs what was found, and counts no time for it", async () => {
    const dir = folder();
    const looked: number[] = [];
    const began = performance.now();
    const report = await trainIn(dir, {
      logEvery: 100,
      evaluate: {
        every: (steps) => Math.ceil(steps / 2) - 1, // 5 of 12
        async look({ step, steps, params }) {
          expect(steps).toBe(12);
          expect(Object.keys(params)).toEqual(["encoder", "projector"]);
          looked.push(step);
          await new Promise((resolve) => setTimeout(resolve, 300));
          return { dev: step / 10 };
        },
      },
    });
    expect(looked).toEqual([5, 10, 12]);
    const lines = runDigest(dir).log.trim().split("\n").map((line) => JSON.parse(line) as { step: number; dev: number }); // prettier-ignore
    expect(lines.map(({ step, dev }) => [step, dev])).toEqual([[5, 0.5], [10, 1], [12, 1.2]]); // prettier-ignore
    expect(report.seconds).toBeLessThan((performance.now() - began) / 1000 - 0.85); // three looks of 0.3 s
  });

  it("frees every batch, and leaves as many tensors as there were", async () => {
    const made: Tensor4D[] = [];
    await trainIn(folder());
    const before = tensorCount();
    const counts: number[] = [];
    await trainIn(folder(), { batches: batches(made), progress: () => void counts.push(tensorCount()) });
    expect(made.length).toBe(12);
    expect(made.every((batch) => batch.isDisposed)).toBe(true);
    expect(new Set(counts).size).toBe(1);
    expect(tensorCount()).toBe(before);
    await expect(trainIn(folder(), { pauseAt: 3 })).rejects.toThrow(Interrupted);
    expect(tensorCount()).toBe(before);
  });

  it("says so where the batches end too early", async () => {
    async function* three(): AsyncGenerator<Tensor4D> {
      for await (const batch of batches()(0)) {
        yield batch;
        if (batch.isDisposed && ++count === 3) return;
      }
    }
    let count = 0;
    await expect(trainIn(folder(), { batches: three })).rejects.toThrow("these did after step 3 of 12");
  });

  it("refuses a number of steps that is none", async () => {
    for (const steps of [0, -1, 1.5, NaN])
      await expect(trainIn(folder(), { length: { steps } })).rejects.toThrow("whole and at least 1");
  });
});

describe("a loss that is not finite", () => {
  /** The views of a step, or nonsense from one step on. */
  const spoilt = (from: number) =>
    async function* (first: number): AsyncGenerator<Tensor4D> {
      let step = first;
      for await (const batch of batches()(first)) {
        if (step++ >= from) batch.dispose();
        yield batch.isDisposed ? tf.fill([16, 16, 16, 3], NaN) : batch;
      }
    };

  it("stops with its step and the last good checkpoint, which stays as it was", async () => {
    const dir = folder();
    await expect(trainIn(dir, { pauseAt: 4 })).rejects.toThrow(Interrupted);
    const before = runDigest(dir);
    const left = tensorCount();
    const error = await trainIn(dir, { resume: true, batches: spoilt(6) }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(NonFiniteLoss);
    expect((error as Error).message).toContain(
      `The loss of step 7 is NaN; training stopped. Last good checkpoint: step 4 of ${dir}.`,
    );
    expect(checkpointsOf(dir).at(-1)).toBe(before.name);
    expect(runDigest(dir).sha256).toBe(before.sha256);
    expect(tensorCount()).toBe(left);
    await trainIn(dir, { resume: true }); // and the run goes on from there
    expect(runDigest(dir).name).toContain("00000012");
  });

  it("names the first weights where there is no later checkpoint", async () => {
    await expect(trainIn(folder(), { batches: spoilt(0) })).rejects.toThrow(/The loss of step 1 is NaN.* step 0 of /);
  });

  it("is foreseen where weights are not finite before a checkpoint, and none is written of them", async () => {
    const dir = folder();
    const schedule = () => (step: number) => (step === 4 ? Infinity : 0.06);
    await expect(trainIn(dir, { schedule, pauseAt: 5 })).rejects.toThrow(
      /The weights after step 5 are not finite.* step 0 of /,
    );
    expect(checkpointsOf(dir)).toEqual(["step-00000000.safetensors"]);
  });
});

describe("a budget", () => {
  // A clock that each look moves by 50 ms: the number of steps depends on no machine.
  beforeEach(() => {
    let time = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (time += 50));
  });
  afterEach(() => void vi.restoreAllMocks());

  it("fixes the number of steps, which is recorded, and drops what it rehearsed: the run equals one with that many steps", async () => {
    const dir = folder();
    const told: number[] = [];
    const report = await trainIn(dir, { length: { seconds: 1 }, progress: ({ step }) => void told.push(step) });
    expect(report.steps).toBeGreaterThan(8); // more than were rehearsed
    expect(told[0]).toBe(1);
    expect(told.length).toBe(report.steps);
    expect((await load(dir)).configuration.steps).toBe(report.steps);
    expect(report.budget).toBe(1);
    expect(report.missed).toBeCloseTo(report.seconds - 1, 9);
    const given = folder();
    await trainIn(given, { length: { steps: report.steps } });
    expect(runDigest(dir)).toEqual(runDigest(given));
  });

  it("leaves no tensor of its rehearsal", async () => {
    await trainIn(folder(), { length: { steps: 1 } });
    const before = tensorCount();
    await trainIn(folder(), { length: { seconds: 0.01 } });
    expect(tensorCount()).toBe(before);
  });

  it("is not rehearsed again by a resume, and nobody says then how far it was missed", async () => {
    const dir = folder();
    await expect(trainIn(dir, { length: { seconds: 1 }, pauseAt: 1 })).rejects.toThrow(Interrupted);
    const { steps } = (await load(dir)).configuration;
    const firsts: number[] = [];
    const report = await trainIn(dir, {
      resume: true,
      length: { seconds: 1 },
      batches: (first) => {
        firsts.push(first);
        return batches()(first);
      },
    });
    expect(firsts).toEqual([1]);
    expect(report).toMatchObject({ steps, taken: steps! - 1, budget: 1 });
    expect(report).not.toHaveProperty("missed");
  });

  it("ends at once where it is interrupted in the rehearsal, and the run can be begun again", async () => {
    const dir = folder();
    const before = tensorCount();
    await expect(trainIn(dir, { length: { seconds: 1 }, interrupted: () => true })).rejects.toThrow(
      "before the first step",
    );
    expect(tensorCount()).toBe(before);
    expect((await load(dir)).configuration.steps).toBeUndefined();
    await trainIn(dir, { resume: true, length: { steps: 2 } });
    expect(runDigest(dir).name).toContain("00000002");
  });
});

describe("what a method remembers", () => {
  /** SimCLR that counts its steps, keeps a teacher, and logs: all that state is for. */
  const remembering = (): { method: Method<Tensor4D, Tensor2D>; optimizer: ReturnType<typeof parts>["optimizer"] } => {
    const { method, optimizer } = parts();
    return {
      optimizer,
      method: {
        ...method,
        init: (key) => {
          const { params } = method.init(key);
          return {
            params,
            state: { steps: tf.scalar(0), fixed: tf.scalar(7), teacher: mapLeaves(params, (leaf) => tf.clone(leaf)) },
          };
        },
        objective: (params, state, z) => {
          const { loss } = method.objective(params, state, z);
          return {
            loss,
            state: { ...state, steps: tf.add(state.steps as Scalar, 1) },
            log: { half: tf.mul(loss, 0.5) },
          };
        },
        afterStep: (params, state) => ({
          params,
          state: { ...state, teacher: average(state.teacher as Params, params) },
        }),
      },
    };
  };
  const average = (teacher: Params, params: Params): Params =>
    mapLeaves(teacher, (leaf, path) => tf.add(tf.mul(leaf, 0.5), tf.mul(leafAt(params, path), 0.5)));
  const leafAt = (params: Params, path: string) =>
    path.split(".").reduce<Params | tf.Tensor>((at, name) => (at as Params)[name]!, params) as tf.Tensor;

  it("goes on from step to step, is saved with the weights, and what it logs is logged", async () => {
    const dir = folder();
    const opened = await run(dir);
    const before = tensorCount();
    const counts: number[] = [];
    const { trained } = await train(key(0), remembering(), opened, {
      length: { steps: 4 },
      schedule: () => () => 0.06,
      batches: batches(),
      logEvery: 1,
      progress: () => void counts.push(tensorCount()),
    });
    expect((trained.state.steps as Scalar).dataSync()[0]).toBe(4);
    expect((trained.state.fixed as Scalar).dataSync()[0]).toBe(7);
    expect(new Set(counts).size).toBe(1);
    const lines = readFileSync(join(dir, "log.jsonl"), "utf8").trim().split("\n");
    for (const line of lines) {
      const { loss, half } = JSON.parse(line) as { loss: number; half: number };
      expect(half).toBe(loss / 2);
    }
    tf.dispose(trained as never);
    expect(tensorCount()).toBe(before);
    await opened.close();
  });
});
