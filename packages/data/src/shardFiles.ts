import { stat } from "node:fs/promises";
import { fileError, UserError } from "@nearfar/formats";
import { expandBraces } from "./expandBraces.ts";
import { globFiles } from "./globFiles.ts";
import { isGlob } from "./isGlob.ts";

/**
 * The shards that paths and patterns stand for, each once, in their order: `train-{000..012}.tar`, `shards/*.tar`.
 *
 * A path that exists is taken as it is. Throws UserError for an address, a pattern that fits nothing, and a file that is not there.
 */
export async function shardFiles(patterns: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    if (/^([a-z][a-z0-9+.-]+:\/\/|pipe:)/i.test(pattern))
      throw new UserError(`${pattern}: shards are read from files. Download them and give their paths.`);
    for (const file of await filesOf(pattern)) files.add(file);
  }
  if (files.size === 0) throw new UserError("no shard was given: paths of .tar files, with {000..012} or * or not");
  return [...files];
}

async function filesOf(pattern: string): Promise<string[]> {
  if (await exists(pattern)) return [pattern];
  const words = expandBraces(pattern);
  const found: string[] = [];
  for (const word of words) {
    const matches = isGlob(word) && !(await exists(word)) ? await globFiles(word) : [word];
    if (matches.length === 0) throw new UserError(`${word}: no file fits this pattern. Is the folder right?`);
    found.push(...matches);
  }
  for (const file of found) {
    const reason = await stat(file).then(
      (one) => (one.isFile() ? undefined : new UserError(`${file}: not a file; a shard is a .tar`)),
      (error: unknown) => fileError(file, error),
    );
    if (reason === undefined) continue;
    if (found.length === 1 || !(reason instanceof UserError)) throw reason;
    throw new UserError(`${reason.message} (one of the ${found.length} shards of ${pattern})`);
  }
  return found;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
