import { UserError } from "@nearfar/formats";
import type { Key } from "@nearfar/random";
import type { Sampler } from "./sampler.ts";

/** Passes over the data, in search of an epoch's batches, after which the data is held to be unfit. */
const mostPasses = 100;

/**
 * A sampler whose epoch is made as a whole: `batchesOf(key)` are the batches of one pass over the data in an order of that key's.
 *
 * The first epoch says how many batches each has. A later pass with more is cut there; one with fewer is followed by further
 * passes in other orders, as sentence-transformers does (`NoDuplicatesBatchSampler`). `unfit` is told where none come.
 */
export function epochSampler(key: Key, batchesOf: (key: Key) => readonly Uint32Array[], unfit: string): Sampler {
  const keyOf = (epoch: number) => key.fold("epoch").fold(epoch);
  const first = batchesOf(keyOf(0));
  const batchesPerEpoch = first.length;
  if (batchesPerEpoch === 0) throw new UserError(unfit);
  const make = (epoch: number): readonly Uint32Array[] => {
    const batches = [...batchesOf(keyOf(epoch))];
    for (let pass = 1; batches.length < batchesPerEpoch; pass++) {
      if (pass === mostPasses) throw new UserError(unfit);
      batches.push(...batchesOf(keyOf(epoch).fold("pass").fold(pass)));
    }
    return batches;
  };
  let latest = { epoch: 0, batches: first }; // one epoch is remembered
  return {
    batchesPerEpoch,
    indices(step) {
      if (!(Number.isSafeInteger(step) && step >= 0))
        throw new RangeError(`sampler: a step is a whole number from 0; got ${step}.`);
      const epoch = Math.floor(step / batchesPerEpoch);
      if (latest.epoch !== epoch) latest = { epoch, batches: make(epoch) };
      return latest.batches[step % batchesPerEpoch]!.slice();
    },
  };
}
