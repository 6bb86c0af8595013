import { permutation, type Key } from "@nearfar/random";
import { checkBatch } from "./checkBatch.ts";

export interface SamplerOptions {
  /** Examples in a batch. */
  readonly batch?: number;
}

export interface Sampler {
  readonly batchesPerEpoch: number;
  /** The examples of a step, from 0: `[batch]` numbers below `length`, none twice. */
  indices(step: number): Uint32Array;
}

/**
 * Which examples make the batch of a step: each epoch a new permutation, its incomplete last batch dropped.
 *
 *     epoch = floor(step / batchesPerEpoch), order = permutation(key.fold("epoch").fold(epoch), length)
 *
 * A pure function of the step: a resumed run asks for its next step and gets what it would have got. Throws UserError for fewer
 * than two examples, for more examples in a batch than there are, and for a batch that is not a whole number above 0.
 */
export function sampler(key: Key, length: number, { batch = 128 }: SamplerOptions = {}): Sampler {
  checkBatch(length, batch);
  const batchesPerEpoch = Math.floor(length / batch);
  let latest: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array() };
  return {
    batchesPerEpoch,
    indices(step) {
      if (!(Number.isSafeInteger(step) && step >= 0))
        throw new RangeError(`sampler: a step is a whole number from 0; got ${step}.`);
      const epoch = Math.floor(step / batchesPerEpoch);
      // One epoch is remembered: a permutation of a million examples takes a tenth of a second.
      if (latest.epoch !== epoch) latest = { epoch, order: permutation(key.fold("epoch").fold(epoch), length) };
      const begin = (step % batchesPerEpoch) * batch;
      return latest.order.slice(begin, begin + batch);
    },
  };
}
