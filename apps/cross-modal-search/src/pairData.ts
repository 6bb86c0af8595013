import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { PairSet, ShardSet } from "@nearfar/data";
import { fileError, UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { fingerprint, type Fingerprint } from "@nearfar/runs";
import { decodePairs, type OpenPairs } from "./decodePairs.ts";
import { pairsInMemory, type PairSourceOptions } from "./pairsInMemory.ts";
import type { PairSource } from "./pairSource.ts";
import { pairsStreamed } from "./pairsStreamed.ts";

/** The pairs of a training, in memory or streamed. */
export interface PairData {
  readonly description: string;
  readonly fingerprint: Fingerprint;
  /** Undefined where they are streamed. */
  readonly open?: OpenPairs;
  /** For a vocabulary: all captions, or the first ones of a stream. */
  captions(): Iterable<string>;
  source(options: PairSourceOptions): PairSource;
}

export interface PairDataOptions {
  readonly workers: number;
  readonly tags: boolean;
  readonly seed: number;
  readonly batch: number;
  /** Whether those of a stream will be wanted. */
  readonly captions: boolean;
}

/** Pairs made ready for a training. */
export async function pairData(pairs: PairSet | ShardSet, options: PairDataOptions): Promise<PairData> {
  const { workers, tags, captions } = options;
  const { description } = pairs;
  if ("items" in pairs) {
    const open = await decodePairs(pairs, { workers, tags });
    const { items } = open.set;
    if (items.length < 2)
      throw new UserError(
        `${pairs.name}: at least 2 pictures with a caption are needed; got ${items.length}. One picture has no other to be told from.`,
      );
    if (items.every((item) => String(item.captions) === String(items[0]!.captions)))
      throw new UserError(
        `${pairs.name}: all ${items.length} pictures have the same caption, so that no text tells them apart. Give each its own.`,
      );
    return {
      description,
      fingerprint: fingerprint(items.map(({ path, captions }) => JSON.stringify([path, captions]))),
      open,
      *captions() {
        for (const { captions } of items) yield* captions;
      },
      source: (options) => pairsInMemory(open, options),
    };
  }
  const first = captions ? await head(pairs, options) : [];
  return {
    description,
    fingerprint: fingerprint(await Promise.all(pairs.shards.map(named))),
    captions: () => first,
    source: (options) => pairsStreamed(pairs, options),
  };
}

/** Name and size: a shard is not read twice to know it again. */
async function named(shard: string): Promise<string> {
  const { size } = await stat(shard).catch((error: unknown) => {
    throw fileError(shard, error);
  });
  return `${basename(shard)} ${size}`;
}

/** The first different captions, until a while brings no new one: the shards come again and again. */
async function head(shards: ShardSet, { seed, batch }: PairDataOptions): Promise<string[]> {
  const captions = new Set<string>();
  let old = 0;
  for await (const samples of shards.batches(key(seed).fold("vocabulary"), { batch })) {
    const before = captions.size;
    for (const sample of samples) for (const caption of sample.captions) captions.add(caption);
    old = captions.size > before ? 0 : old + 1;
    if (captions.size >= HEAD || old === STALE) break;
  }
  return [...captions];
}

/** Captions of a stream that make its vocabulary. */
const HEAD = 20_000;
/** Batches without a new caption. */
const STALE = 10;
