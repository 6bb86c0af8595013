import { UserError } from "@nearfar/formats";
import { integer, permutation, type Key } from "@nearfar/random";
import { captionKey } from "./captionKey.ts";
import { checkBatch } from "./checkBatch.ts";
import { shuffleBuffer } from "./shuffleBuffer.ts";
import type { ShardSample } from "./shardSet.ts";

export interface ShardBatchesOptions {
  /** Samples in a batch. */
  readonly batch: number;
  /** The first batch that is wanted; what lies before is read again and not given. */
  readonly from: number;
  /** Samples that the shuffle buffer holds. */
  readonly buffer: number;
  /** Bytes of the samples that it holds. */
  readonly limitBytes: number;
  /** Draws the shards of a pass with replacement. */
  readonly resampled: boolean;
  /** Is told of a sample that was passed over as its captions came too often. */
  readonly onRepeated: () => void;
  /** What was wrong with the samples that were not read. */
  readonly why: () => string;
}

/** Reads one shard; its return value says whether the data ends here. */
export type ReadSamples = (shard: number) => AsyncGenerator<ShardSample, boolean, undefined>;

/**
 * Batches of the samples of shards `0 .. shards - 1`, pass after pass, no caption in two samples of a batch; deterministic in the key.
 *
 * The shards of a pass are a permutation, or as many draws with replacement (`ResampledShards` of WebDataset); its samples go through
 * a shuffle buffer. A sample whose caption is in the batch waits for a later one; more than a batch of those that wait are passed over.
 * What fills no batch waits for the next pass. A pass that adds nothing is a UserError, as there are too few different captions.
 */
export async function* shardBatches(
  key: Key,
  shards: number,
  read: ReadSamples,
  { batch, from, buffer, limitBytes, resampled, onRepeated, why }: ShardBatchesOptions,
): AsyncGenerator<readonly ShardSample[], void, undefined> {
  checkBatch(Infinity, batch); // how many samples there are, the first pass tells
  let waiting: ShardSample[] = [];
  let open = newBatch();
  let number = 0;
  let barren = 0;
  for (let pass = 0; ; pass++) {
    const own = key.fold("pass").fold(pass);
    const before = { number, rows: open.rows.length };
    const state = { ended: false };
    let seen = 0;
    const samples = passSamples(read, order(own.fold("shards"), shards, resampled), state);
    const shuffled = shuffleBuffer(own.fold("buffer"), samples, { size: buffer, limitBytes, bytesOf });
    for await (const sample of shuffled) {
      seen++;
      if (!place(open, sample)) {
        if (waiting.length < batch) waiting.push(sample);
        else onRepeated();
      }
      while (open.rows.length === batch) {
        if (number++ >= from) yield open.rows;
        open = newBatch();
        waiting = waiting.filter((one) => open.rows.length === batch || !place(open, one));
      }
    }
    if (state.ended) return;
    if (seen === 0)
      throw new UserError(
        `the shards hold no sample that can be used, a picture and a caption of one name. ${why() || "Are they the right files?"}`,
      );
    // A draw with replacement may miss what another brings.
    barren = number > before.number || open.rows.length > before.rows ? 0 : barren + 1;
    if (barren > (resampled ? 100 : 0))
      throw new UserError(
        `a pass over the shards has ${seen} samples, with too few different captions for a batch of ${batch}. Give a smaller --batch.`,
      );
  }
}

/** A batch that is being filled, and the captions in it. */
interface Open {
  readonly rows: ShardSample[];
  readonly captions: Set<string>;
}

const newBatch = (): Open => ({ rows: [], captions: new Set() });

/** Whether the sample went into the batch: no caption of it was there. */
function place({ rows, captions }: Open, sample: ShardSample): boolean {
  const own = sample.captions.map(captionKey);
  if (own.some((caption) => captions.has(caption))) return false;
  for (const caption of own) captions.add(caption);
  rows.push(sample);
  return true;
}

function order(key: Key, shards: number, resampled: boolean): ArrayLike<number> {
  if (!resampled) return permutation(key, shards);
  return Array.from({ length: shards }, (_, counter) => integer(key, shards, { counter }));
}

async function* passSamples(
  read: ReadSamples,
  shards: ArrayLike<number>,
  state: { ended: boolean },
): AsyncGenerator<ShardSample, void, undefined> {
  for (const shard of Array.from(shards)) {
    state.ended = yield* read(shard);
    if (state.ended) return;
  }
}

const bytesOf = ({ picture, captions }: ShardSample) =>
  captions.reduce((total, caption) => total + 2 * caption.length, picture.length);
