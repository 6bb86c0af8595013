import type { Method } from "@nearfar/methods";
import type { Optimizer } from "@nearfar/optimizers";
import type { Key } from "@nearfar/random";
import {
  lookups,
  mapLeaves,
  type Params,
  type Scalar,
  seedOf,
  statistics,
  type Tensor,
  type Tensor2D,
  tf,
  valueAndGradients,
} from "@nearfar/tensor";
import { tensorsIn } from "./tensorsIn.ts";
import type { TrainingState } from "./trainingState.ts";

/** What one step gives: the next state, and what it saw. The caller owns all of it; the next state may share tensors with the one before. */
export interface StepResult {
  readonly next: TrainingState;
  readonly loss: number;
  readonly chance: number | undefined;
  readonly log: Readonly<Record<string, number>>;
  /** The embeddings of the step, `[m, d]`, for a monitor. */
  readonly watched: Tensor2D;
}

/**
 * One step: embed, objective, gradients, optimizer, what follows the optimizer.
 *
 * Its arguments are not changed, but for the rows of tables that the batch looked up: the optimizer writes these in place.
 * Rules of a step hold in it: no value is read before the end, the learning rate and the seed enter as tensors.
 */
export function trainStep<Batch>(
  { method, optimizer }: { method: Method<Batch>; optimizer: Optimizer },
  current: TrainingState,
  batch: Batch,
  { rate, key }: { rate: number; key: Key },
): StepResult {
  const { params, state, slots } = current;
  const given = new Set(tensorsIn({ current, batch }));
  const learned = statistics();
  const settle = (tree: Params) => mapLeaves(tree, (leaf) => learned.entries().get(leaf) ?? leaf);
  const kept: Tensor[] = [];
  const { value, log, ...result } = tf.tidy(() => {
    const used = lookups();
    const mode = { training: true, seed: seedOf(key), statistics: learned, lookups: used } as const;
    let seen!: { watched: Tensor2D; chance: number | undefined; log: Readonly<Record<string, Scalar>>; state: Params };
    const { value, gradients } = valueAndGradients(
      () => {
        const z = method.embed(params, state, batch, mode);
        const { loss, state: nextState, log } = method.objective(params, state, z);
        seen = { watched: method.watched(z), chance: method.chance(z), log, state: nextState };
        // Only the loss leaves the scope of the gradient by itself.
        for (const tensor of tensorsIn(seen)) if (!given.has(tensor)) kept.push(tf.keep(tensor));
        return loss;
      },
      params,
      used,
    );
    const updated = optimizer.update(gradients, params, slots, tf.scalar(rate));
    const nextParams = settle(updated.params);
    const passed = settle(seen.state);
    const after = method.afterStep?.(nextParams, passed) ?? { params: nextParams, state: passed };
    const next = { params: after.params, state: after.state, slots: updated.slots };
    return { next, value, watched: tf.clone(seen.watched), chance: seen.chance, log: seen.log };
  });
  const loss = value.dataSync()[0]!;
  const scalars = Object.entries(log).map(([name, scalar]) => [name, scalar.dataSync()[0]!] as const);
  const owned = new Set(tensorsIn(result.next));
  for (const tensor of [value, ...kept]) if (!owned.has(tensor)) tensor.dispose();
  return { ...result, loss, log: Object.fromEntries(scalars) };
}
