import { readTar, UserError } from "@nearfar/formats";
import type { Fault } from "./pictureDamage.ts";

/** A file of a sample: its name up to the first dot of its last part, and what follows. `bytes` are missing where it was not wanted. */
export interface ShardPart {
  readonly key: string;
  readonly extension: string;
  readonly size: number;
  readonly bytes?: Uint8Array;
}

/**
 * The files of a shard in its order, and what is wrong with it: names that would lead out of a folder, where they stand, and at its end
 * that it is cut or damaged. `most` says how many bytes of a file with this ending are wanted.
 */
export async function* shardParts(
  shard: string,
  most: (extension: string) => number,
): AsyncGenerator<ShardPart | Fault, void, undefined> {
  const unsafe: Fault[] = [];
  const onUnsafe = ({ message }: UserError) =>
    void unsafe.push({ kind: "outside the folder", reason: `${message}. Rename it.` });
  try {
    for await (const entry of readTar(shard, { maxEntryBytes: Infinity, onUnsafe })) {
      yield* unsafe.splice(0);
      const parts = /^((?:.*\/)?[^./]+)\.([^/]*)$/.exec(entry.name);
      if (!parts) continue; // a file without an ending, or a hidden one: part of no sample
      const [key, extension, { size }] = [parts[1]!, parts[2]!.toLowerCase(), entry];
      yield { key, extension, size, ...(size <= most(extension) && { bytes: await entry.read() }) };
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    yield* unsafe.splice(0);
    yield { kind: "archive cut", reason: `${error.message}. Fetch it again.` };
    return;
  }
  yield* unsafe;
}
