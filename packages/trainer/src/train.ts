import { setImmediate } from "node:timers/promises";
import type { Method } from "@nearfar/methods";
import type { Optimizer } from "@nearfar/optimizers";
import type { Key } from "@nearfar/random";
import { amendRun, checkpointSteps, loadCheckpoint, runLog, saveCheckpoint, type OpenRun } from "@nearfar/runs";
import { tf, type Params, type Tensor2D } from "@nearfar/tensor";
import { allFinite } from "./allFinite.ts";
import { copied } from "./copied.ts";
import { countSteps, type Length } from "./countSteps.ts";
import { disposeExcept } from "./disposeExcept.ts";
import { Interrupted } from "./interrupted.ts";
import { NonFiniteLoss } from "./nonFiniteLoss.ts";
import { trainStep } from "./trainStep.ts";
import type { TrainingState } from "./trainingState.ts";

export interface TrainOptions<Batch> {
  /** Steps to take, or seconds: these fix the number of steps by a rehearsal. */
  readonly length: Length;
  /** The learning rate of a step, once the number of steps is known. */
  readonly schedule: (steps: number) => (step: number) => number;
  /** The batches of the steps from `first` on, as tensors, without end; the trainer frees them. */
  readonly batches: (first: number) => AsyncIterable<Batch>;
  /** Stops after this step as an interrupt does: for tests of resume, and for work in slices. */
  readonly pauseAt?: number;
  readonly logEvery?: number;
  /** Seconds between checkpoints; one is written at the end in any case. */
  readonly checkpointEvery?: number;
  /** Sees every logged step; what it returns is logged beside the loss. It does not keep the embeddings. */
  readonly observe?: (seen: {
    step: number;
    loss: number;
    chance: number | undefined;
    embeddings: Tensor2D;
  }) => Readonly<Record<string, number>>;
  /** Looks at the weights after every so many steps and after the last; what it returns is logged. It does not keep them, and its time counts to no budget. */
  readonly evaluate?: {
    readonly every: (steps: number) => number;
    readonly look: (seen: { step: number; steps: number; params: Params }) => Promise<Readonly<Record<string, number>>>;
  };
  /** Told after every step. */
  readonly progress?: (step: { step: number; steps: number; loss: number; chance: number | undefined }) => void;
  /** Asked after every step, also of a rehearsal: true saves and ends with `Interrupted`. */
  readonly interrupted?: () => boolean;
}

/** What a training was: the report's numbers. */
export interface TrainReport {
  readonly steps: number;
  /** Steps that this process took, in `seconds`: fewer than `steps` after a resume. */
  readonly taken: number;
  readonly loss: number;
  /** Without those of evaluation. */
  readonly seconds: number;
  readonly budget?: number;
  /** The share by which the budget was missed, above 0 where training took longer; absent after a resume, when nobody held the clock. */
  readonly missed?: number;
}

/**
 * Trains a method into a run directory, from its last checkpoint if it has one, and returns the last state (the caller's) and the report.
 *
 * Everything random comes from `key` by names and step numbers, so n steps, a resume and n steps are 2n steps, bit for bit. A run that is at
 * its end is returned as it is. Throws `Interrupted` after saving, and `NonFiniteLoss` without saving.
 */
export async function train<Batch>(
  key: Key,
  { method, optimizer }: { method: Method<Batch>; optimizer: Optimizer },
  run: OpenRun,
  options: TrainOptions<Batch>,
): Promise<{ trained: TrainingState; report: TrainReport }> {
  const { length, schedule, batches, pauseAt = Infinity, logEvery = 10, checkpointEvery = 60 } = options;
  const begin = performance.now();
  const start = await startOf(key, { method, optimizer }, run);
  let { step, loss, current } = start;
  let looking = 0; // ms spent in evaluation
  try {
    const steps = run.configuration.steps ?? (await counted());
    if (!Number.isSafeInteger(steps) || steps < 1)
      throw new RangeError(`train: the number of steps is whole and at least 1; got ${steps}.`);
    if (run.configuration.steps === undefined) run = await amendRun(run, { steps });
    if (step < steps) await loop(steps);
    return {
      trained: current,
      report: reportOf(length, { steps, taken: step - start.step, loss, begin: begin + looking }),
    };
  } catch (error) {
    tf.dispose(current as never);
    throw error;
  }

  /** The rehearsal has weights of its own: a step writes in place what it looks up in tables. */
  async function counted(): Promise<number> {
    if ("steps" in length) return length.steps;
    let practice = copied(current);
    const rehearsed = (batch: Batch) => {
      const { next, watched } = trainStep({ method, optimizer }, practice, batch, { rate: 0, key });
      disposeExcept(practice, next);
      practice = next;
      watched.dispose();
      if (options.interrupted?.()) throw new Interrupted(0);
    };
    try {
      return await countSteps(length, () => batches(0), rehearsed);
    } finally {
      tf.dispose(practice as never);
    }
  }

  async function loop(steps: number): Promise<void> {
    const rate = schedule(steps);
    const every = options.evaluate?.every(steps);
    const log = await runLog(run, { from: step });
    let saved = start.saved ? step : await save();
    let lastSave = performance.now();
    try {
      for await (const batch of batches(step)) {
        const at = { rate: rate(step), key: key.fold("step").fold(step) };
        const { next, watched, chance, ...seen } = trainStep({ method, optimizer }, current, batch, at);
        tf.dispose(batch as never);
        disposeExcept(current, next);
        current = next;
        loss = seen.loss;
        if (!Number.isFinite(loss)) {
          watched.dispose();
          throw new NonFiniteLoss(`The loss of step ${step + 1} is ${loss}`, place(saved));
        }
        step++;
        const looks = every !== undefined && (step % every === 0 || step === steps);
        if (looks || step % logEvery === 0 || step === steps)
          await log.write(step, {
            loss,
            rate: rate(step - 1),
            ...seen.log,
            ...options.observe?.({ step, loss, chance, embeddings: watched }),
            ...(looks ? await look(step, steps) : {}),
          });
        watched.dispose();
        options.progress?.({ step, steps, loss, chance });
        await setImmediate(); // signals are heard between steps, also where batches come from this thread
        const stop = step < steps && (step >= pauseAt || options.interrupted?.());
        if (step < steps && !stop && performance.now() - lastSave < 1000 * checkpointEvery) continue;
        if (!allFinite(current)) throw new NonFiniteLoss(`The weights after step ${step} are not finite`, place(saved));
        await log.sync(); // before the checkpoint: a resumed log misses no line
        saved = await save();
        lastSave = performance.now();
        if (stop) throw new Interrupted(step, steps);
        if (step === steps) return;
      }
      throw new Error(`train: batches never end; these did after step ${step} of ${steps}.`);
    } finally {
      await log.close();
    }
  }

  async function look(step: number, steps: number): Promise<Readonly<Record<string, number>>> {
    const begun = performance.now();
    const found = await options.evaluate!.look({ step, steps, params: current.params });
    looking += performance.now() - begun;
    return found;
  }

  async function save(): Promise<number> {
    await saveCheckpoint(run, { step, trees: { ...current }, plain: step > 0 ? { loss } : {} });
    return step;
  }

  function place(step: number): string {
    return `step ${step} of ${run.dir}`;
  }
}

async function startOf<Batch>(
  key: Key,
  { method, optimizer }: { method: Method<Batch>; optimizer: Optimizer },
  run: OpenRun,
): Promise<{ saved: boolean; step: number; loss: number; current: TrainingState }> {
  if ((await checkpointSteps(run)).length > 0) {
    const { step, trees, plain } = await loadCheckpoint(run);
    return {
      saved: true,
      step,
      loss: (plain.loss as number | undefined) ?? NaN,
      current: { ...trees } as unknown as TrainingState,
    };
  }
  const { params, state } = method.init(key.fold("init"));
  return { saved: false, step: 0, loss: NaN, current: { params, state, slots: optimizer.init(params) } };
}

function reportOf(
  length: Length,
  { steps, taken, loss, begin }: { steps: number; taken: number; loss: number; begin: number },
): TrainReport {
  const seconds = (performance.now() - begin) / 1000;
  const report = { steps, taken, loss, seconds };
  if (!("seconds" in length)) return report;
  const budget = length.seconds;
  return taken < steps ? { ...report, budget } : { ...report, budget, missed: seconds / budget - 1 };
}
