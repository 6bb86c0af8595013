import { UserError } from "@nearfar/formats";
import { permutation, type Key } from "@nearfar/random";
import { captionKey } from "./captionKey.ts";
import { checkBatch } from "./checkBatch.ts";
import { epochSampler } from "./epochSampler.ts";
import type { PairItem } from "./pairSet.ts";
import type { Sampler } from "./sampler.ts";
import { uniqueBatches } from "./uniqueBatches.ts";

export interface PairSamplerOptions {
  /** Pictures in a batch. */
  readonly batch?: number;
  /** Whether a caption keeps its pictures apart; off where captions are tags, which hundreds of pictures share. */
  readonly captions?: boolean;
}

export interface PairSampler extends Sampler {
  /** Pictures in a batch: fewer than were asked for where the different captions suffice for no more. */
  readonly batch: number;
  /** What captions and concepts in common cost, a line; empty where they cost nothing. */
  readonly description: string;
}

/**
 * Which pictures make the batch of a step, no caption and no concept in two of them: the other pictures of a batch are a caption's
 * negatives, and one with the same caption would be a false one.
 *
 * An epoch is a permutation of the pictures, cut by `uniqueBatches`; what fits in no full batch waits for another epoch. Where there
 * are fewer different captions than `batch`, the batch shrinks to what there is. Captions are compared without capitals and spaces. A
 * pure function of the step, as `sampler`, with its errors, and a UserError where all pictures share one caption.
 */
export function pairSampler(
  key: Key,
  items: readonly PairItem[],
  { batch = 128, captions = true }: PairSamplerOptions = {},
): PairSampler {
  checkBatch(items.length, batch);
  const { ids, offsets } = pairIds(items, captions);
  const most = mostApart(key, items.length, { ids, offsets });
  if (most < 2)
    throw new UserError(
      `all ${items.length} pictures share a caption or concept, so that nothing tells them apart. Give pictures with different ones.`,
    );
  const size = Math.min(batch, most);
  const batchesOf = (own: Key) => uniqueBatches(permutation(own, items.length), ids, { batch: size, offsets }).batches;
  const sampler = epochSampler(
    key,
    batchesOf,
    `the ${items.length} pictures have too few different captions for a batch of ${size}. Give a smaller --batch.`,
  );
  return { ...sampler, batch: size, description: describe(items.length, batch, size, sampler.batchesPerEpoch) };
}

/** The captions and the concept of each picture as numbers, one after the other. */
function pairIds(items: readonly PairItem[], captions: boolean): { ids: Int32Array; offsets: Int32Array } {
  const known = new Map<string, number>();
  const ids: number[] = [];
  const offsets = new Int32Array(items.length + 1);
  for (const [i, item] of items.entries()) {
    const own = new Set(captions ? item.captions.map((caption) => `caption ${captionKey(caption)}`) : []);
    if (item.concept !== undefined) own.add(`concept ${item.concept}`);
    for (const text of own) {
      let id = known.get(text);
      if (id === undefined) known.set(text, (id = known.size));
      ids.push(id);
    }
    offsets[i + 1] = ids.length;
  }
  return { ids: Int32Array.from(ids), offsets };
}

/** How many pictures can stand in one batch, at the least of a few orders: which come first decides how many more fit. */
function mostApart(key: Key, length: number, { ids, offsets }: { ids: Int32Array; offsets: Int32Array }): number {
  const counts = Array.from({ length: ORDERS }, (_, order) => {
    const taken = new Set<number>();
    let count = 0;
    for (const item of permutation(key.fold("apart").fold(order), length)) {
      const own = ids.subarray(offsets[item], offsets[item + 1]);
      if (own.some((id) => taken.has(id))) continue;
      for (const id of own) taken.add(id);
      count++;
    }
    return count;
  });
  return Math.min(...counts);
}

const ORDERS = 3;

function describe(length: number, wanted: number, batch: number, batches: number): string {
  const expected = Math.floor(length / batch);
  if (batch === wanted && batches === expected) return "";
  const smaller = batch < wanted ? `a batch has ${batch} pictures and not ${wanted}` : `a batch has ${batch} pictures`;
  return `pictures that share a caption or concept never meet in a batch: ${smaller}, an epoch ${batches} batches and not ${expected}, so that ${length - batch * batches} of ${length} wait for other epochs`;
}
