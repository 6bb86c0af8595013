import { basename } from "node:path";
import { UserError } from "@nearfar/formats";
import { damages, type DamageOptions } from "./damages.ts";
import { readShard } from "./readShard.ts";
import { shardBatches } from "./shardBatches.ts";
import { shardFiles } from "./shardFiles.ts";
import type { ShardSet } from "./shardSet.ts";

export interface OpenShardsOptions extends DamageOptions {
  /** Draws the shards of a pass with replacement: each may come several times or not at all. */
  readonly resampled?: boolean;
  /** Bytes of a picture. */
  readonly maxPictureBytes?: number;
  /** Bytes of the samples that the shuffle buffer holds. */
  readonly limitBytes?: number;
}

/**
 * Opens WebDataset shards, `.tar` or `.tar.gz`: paths, braces (`train-{000..012}.tar`) and patterns (`shards/*.tar`).
 *
 * A sample is the files of one name: a picture and `.txt` or `.caption` (a caption a line) or `.json` ({caption}, {captions} or
 * {text}). Shards are read by stream, one at a time; memory is that of the shuffle buffer (`buffer` samples, at most `limitBytes`) and of two
 * batches. `batches(key, { from })` goes on in the middle of a shard with the very same batches: it reads what lies before, without decoding.
 * Damaged samples go by `onDamaged`; the same sample is counted once.
 */
export async function openShards(
  patterns: string | readonly string[],
  { resampled = false, maxPictureBytes = 64 * 2 ** 20, limitBytes = 2 ** 29, ...policy }: OpenShardsOptions = {},
): Promise<ShardSet> {
  const given = typeof patterns === "string" ? [patterns] : patterns;
  const shards = await shardFiles(given);
  const damaged = damages(policy);
  let repeated = 0;
  return {
    name: given.length === 1 ? basename(given[0]!) : `${basename(shards[0]!)} and others`,
    description: `${shards.length} shards: ${basename(shards[0]!)}${shards.length > 1 ? ` to ${basename(shards.at(-1)!)}` : ""}${resampled ? ", drawn with replacement" : ""}`,
    shards,
    get damaged() {
      return repeated === 0 ? damaged.counts : { ...damaged.counts, "caption repeated": repeated };
    },
    batches(key, { batch, from = 0, buffer = 1000 }) {
      if (!(Number.isSafeInteger(from) && from >= 0))
        throw new UserError(`openShards: the first batch is a whole number from 0; got ${from}`);
      const read = (shard: number) => readShard(shards[shard]!, { damaged, maxPictureBytes });
      const options = {
        batch,
        from,
        buffer,
        limitBytes,
        resampled,
        onRepeated: () => void repeated++,
        why: () => damaged.lines().join("; "),
      };
      return shardBatches(key, shards.length, read, options);
    },
  };
}
