import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The sha256 of each file of a run that must be the same whenever and however it was trained: configuration, log, checkpoints. */
export async function runBytes(run: string): Promise<Record<string, string>> {
  const checkpoints = (await readdir(join(run, "checkpoints"))).sort().map((name) => join("checkpoints", name));
  const hash = async (path: string) =>
    createHash("sha256")
      .update(await readFile(join(run, path)))
      .digest("hex");
  const names = ["run.json", "log.jsonl", ...checkpoints];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await hash(name)] as const)));
}
