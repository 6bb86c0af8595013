import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pictureFormat, UserError, writeTar, type TarInput } from "@nearfar/formats";

/** A sample to write; `key` names it in its shard. */
export interface ShardInput {
  readonly key: string;
  readonly picture: Uint8Array;
  readonly captions: readonly string[];
}

export interface WriteShardsOptions {
  /** Samples of a shard. */
  readonly perShard?: number;
  /** Begins the names of the files. */
  readonly name?: string;
}

/**
 * Writes samples, by stream, as WebDataset shards `name-000000.tar`, ... into a folder, and says which: each picture as it is
 * encoded, with `key.txt` for one caption and `key.json` ({captions}) for several.
 *
 * A key with a dot, and a picture that is none by its first bytes, are a UserError. Shards of an earlier, longer writing stay.
 */
export async function writeShards(
  folder: string,
  samples: Iterable<ShardInput> | AsyncIterable<ShardInput>,
  { perShard = 10_000, name = "shard" }: WriteShardsOptions = {},
): Promise<string[]> {
  if (!(Number.isSafeInteger(perShard) && perShard > 0))
    throw new UserError(`writeShards: a shard holds a whole number of samples, at least 1; got ${perShard}`);
  await mkdir(folder, { recursive: true });
  const source = iterate(samples);
  const paths: string[] = [];
  let next = await source.next();
  while (!next.done) {
    const path = join(folder, `${name}-${String(paths.length).padStart(6, "0")}.tar`);
    await writeTar(path, entries());
    paths.push(path);
  }
  return paths;

  async function* entries(): AsyncGenerator<TarInput> {
    for (let i = 0; i < perShard && !next.done; i++) {
      yield* filesOf(next.value);
      next = await source.next();
    }
  }
}

async function* iterate<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items;
}

function filesOf({ key, picture, captions }: ShardInput): TarInput[] {
  const last = key.slice(key.lastIndexOf("/") + 1);
  if (last === "" || last.includes("."))
    throw new UserError(`writeShards: a key ends in a name without dots, which end it in a shard; got "${key}"`);
  const format = pictureFormat(picture);
  if (format === undefined || format === "svg")
    throw new UserError(`writeShards: the picture of "${key}" is not a JPEG, PNG, WebP, GIF, TIFF or AVIF. Encode it.`);
  const [only] = captions;
  const text = captions.length === 1 && !/[\r\n]/.test(only!);
  const words = text
    ? { name: `${key}.txt`, data: encoder.encode(only) }
    : { name: `${key}.json`, data: encoder.encode(JSON.stringify({ captions })) };
  return [{ name: `${key}.${format === "jpeg" ? "jpg" : format}`, data: picture }, words];
}

const encoder = new TextEncoder();
