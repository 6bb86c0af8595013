import { join } from "node:path";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { writeFileAtomic } from "@nearfar/formats";
import type { StartModel } from "./start.ts";

/** Keeps, in `DIR/model`, the model whose dev score is the highest so far; a resumed run goes on from the score that it had. */
export async function keepBest(dir: string): Promise<(seen: Candidate) => Promise<number>> {
  const file = join(dir, "best.json");
  const before = existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as { score?: unknown }).score : undefined;
  let best = typeof before === "number" ? before : -Infinity;
  return async ({ step, score, model }) => {
    if (!(score > best)) return best;
    await model.write(join(dir, "model"));
    await writeFileAtomic(file, Buffer.from(`${JSON.stringify({ step, score })}\n`));
    return (best = score);
  };
}

/** A model after a step, and how well they do; higher is better. */
export interface Candidate {
  readonly step: number;
  readonly score: number;
  readonly model: StartModel;
}
