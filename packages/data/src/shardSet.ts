import type { Key } from "@nearfar/random";

/** A sample of a shard: a picture as it is encoded, and its captions. */
export interface ShardSample {
  /** `shard.tar:key`, to name it in a message. */
  readonly name: string;
  readonly picture: Uint8Array;
  readonly captions: readonly string[];
}

/** WebDataset shards as a stream: more than memory holds. */
export interface ShardSet {
  readonly name: string;
  readonly description: string;
  readonly shards: readonly string[];
  /** Batches for ever, or from batch `from` on the very same: shards in random order, samples through a shuffle buffer. */
  batches(key: Key, options: { batch: number; from?: number; buffer?: number }): AsyncIterable<readonly ShardSample[]>;
  /** Samples passed over so far, by kind. */
  readonly damaged: Readonly<Record<string, number>>;
}
