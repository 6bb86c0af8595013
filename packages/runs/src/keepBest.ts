import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileError, writeFileAtomic } from "@nearfar/formats";

/** A model after a step, and how well it does; higher is better. */
export interface Candidate {
  readonly step: number;
  readonly score: number;
  /** Writes the model into a folder that is not there yet. */
  readonly write: (folder: string) => Promise<void>;
}

/**
 * Keeps, in `DIR/model`, the model whose score is the highest so far; what it returns tells that score. A resumed run goes on from the score that it had.
 *
 * A model is written beside the last one, and then takes its place: its files are all of one step, however the process ends.
 */
export async function keepBest(dir: string): Promise<(seen: Candidate) => Promise<number>> {
  const file = join(dir, "best.json");
  const [model, next, last] = [join(dir, "model"), join(dir, ".model-next"), join(dir, ".model-last")];
  const before = existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as { score?: unknown }).score : undefined;
  let best = typeof before === "number" ? before : -Infinity;
  const remove = (folder: string) => rm(folder, { recursive: true, force: true });
  if (!existsSync(model) && existsSync(last)) await rename(last, model); // the process died between two renames
  return async ({ step, score, write }) => {
    if (!(score > best)) return best;
    await remove(next);
    await write(next);
    await remove(last);
    try {
      if (existsSync(model)) await rename(model, last);
      await rename(next, model);
    } catch (error) {
      throw fileError(model, error);
    }
    await writeFileAtomic(file, Buffer.from(`${JSON.stringify({ step, score })}\n`));
    await remove(last);
    return (best = score);
  };
}
