import { permutation, type Key } from "@nearfar/random";
import { checkBatch } from "./checkBatch.ts";
import { epochSampler } from "./epochSampler.ts";
import { lengthWindows } from "./lengthWindows.ts";
import type { Sampler } from "./sampler.ts";
import { uniqueBatches } from "./uniqueBatches.ts";

export interface UniqueSamplerOptions {
  /** Examples in a batch. */
  readonly batch?: number;
  /** Texts of an example. */
  readonly width?: number;
  /** The length of each example, in tokens or characters; given, batches are of examples of about one length. */
  readonly lengths?: ArrayLike<number> | undefined;
  /** Batches that are sorted by length together: more waste less padding, fewer leave more to chance. */
  readonly window?: number;
}

/**
 * Which examples make the batch of a step, no text in two of them: for losses whose negatives are the batch's other examples.
 *
 * `ids` [n, width] are the examples' texts as numbers (`textIds`). An epoch is a permutation of the examples, cut by `uniqueBatches`;
 * without a text that occurs twice these are the batches of `sampler`. Examples that fit in no full batch are left out until
 * the next epoch; all epochs have as many batches as the first (`epochSampler`). With `lengths`, windows of the permutation are
 * sorted by length first, and the batches come in random order.
 *
 * A pure function of the step, as `sampler`, with its errors, and a UserError where there are too few different texts for a batch.
 * The rule is that of sentence-transformers 6.2 (`NoDuplicatesBatchSampler`); which batch an example waits for is our own.
 */
export function uniqueSampler(
  key: Key,
  ids: ArrayLike<number>,
  { batch = 128, width = 1, lengths, window = 50 }: UniqueSamplerOptions = {},
): Sampler {
  const length = ids.length / width;
  if (!Number.isInteger(length))
    throw new RangeError(`uniqueSampler: ids are [n, ${width}]; got ${ids.length} numbers.`);
  if (lengths && lengths.length !== length)
    throw new RangeError(`uniqueSampler: one length per example; got ${lengths.length} for ${length} examples.`);
  checkBatch(length, batch);
  const batchesOf = (own: Key): Uint32Array[] => {
    const order = permutation(own, length);
    if (!lengths) return uniqueBatches(order, ids, { batch, width }).batches;
    const { batches } = uniqueBatches(lengthWindows(order, lengths, window * batch), ids, { batch, width });
    return Array.from(permutation(own.fold("batches"), batches.length), (i) => batches[i]!);
  };
  return epochSampler(
    key,
    batchesOf,
    `the ${length} examples have too few different texts for a batch of ${batch} without duplicates. Give a smaller --batch.`,
  );
}
