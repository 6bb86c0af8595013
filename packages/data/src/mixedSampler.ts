import { permutation, type Key } from "@nearfar/random";
import type { Sampler } from "./sampler.ts";

export interface MixedSamplerOptions {
  /** Each set as often as it has batches, in random order; or one after the other, the smallest setting the epoch's end. */
  readonly by?: "proportional" | "round-robin";
}

export interface MixedBatch {
  /** Which of the samplers. */
  readonly set: number;
  /** Its examples. */
  readonly indices: Uint32Array;
}

export interface MixedSampler {
  readonly batchesPerEpoch: number;
  /** The set and the examples of a step, from 0. */
  batch(step: number): MixedBatch;
}

/**
 * Batches of several data sets in turn, each batch of one set, as each set may have a loss of its own.
 *
 * "proportional": an epoch is one epoch of every set, their batches in random order. "round-robin": set `step mod sets`; an
 * epoch gives each set as many batches as the smallest has, and larger ones go on where they were in the next. The names and
 * meanings of sentence-transformers (`MultiDatasetBatchSamplers`). A pure function of the step.
 */
export function mixedSampler(
  key: Key,
  samplers: readonly Sampler[],
  { by = "proportional" }: MixedSamplerOptions = {},
): MixedSampler {
  if (samplers.length === 0) throw new RangeError("mixedSampler: at least one sampler is needed; got none.");
  const counts = samplers.map(({ batchesPerEpoch }) => batchesPerEpoch);
  return by === "proportional" ? proportional(key, samplers, counts) : roundRobin(samplers, Math.min(...counts));
}

function roundRobin(samplers: readonly Sampler[], least: number): MixedSampler {
  return {
    batchesPerEpoch: samplers.length * least,
    batch(step) {
      const set = step % samplers.length;
      return { set, indices: samplers[set]!.indices(Math.floor(step / samplers.length)) };
    },
  };
}

function proportional(key: Key, samplers: readonly Sampler[], counts: readonly number[]): MixedSampler {
  const sets = counts.flatMap((count, set) => new Array<number>(count).fill(set));
  let latest: { epoch: number; turns: { set: number; before: number }[] } = { epoch: -1, turns: [] };
  const turnsOf = (epoch: number) => {
    const before = counts.map(() => 0);
    return Array.from(permutation(key.fold("epoch").fold(epoch), sets.length), (i) => {
      const set = sets[i]!;
      return { set, before: before[set]!++ };
    });
  };
  return {
    batchesPerEpoch: sets.length,
    batch(step) {
      const epoch = Math.floor(step / sets.length);
      if (latest.epoch !== epoch) latest = { epoch, turns: turnsOf(epoch) };
      const { set, before } = latest.turns[step % sets.length]!;
      return { set, indices: samplers[set]!.indices(epoch * counts[set]! + before) };
    },
  };
}
