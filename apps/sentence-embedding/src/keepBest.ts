import { join } from "node:path";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { writeFileAtomic } from "@nearfar/formats";
import type { Params } from "@nearfar/tensor";
import type { Start } from "./start.ts";

/** Keeps, in `DIR/model`, the weights whose dev score is the highest so far; a resumed run goes on from the score that it had. */
export async function keepBest(dir: string, start: Start): Promise<(seen: Candidate) => Promise<number>> {
  const file = join(dir, "best.json");
  const before = existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as { score?: unknown }).score : undefined;
  let best = typeof before === "number" ? before : -Infinity;
  return async ({ step, score, params }) => {
    if (!(score > best)) return best;
    await start.write(join(dir, "model"), params);
    await writeFileAtomic(file, Buffer.from(`${JSON.stringify({ step, score })}\n`));
    return (best = score);
  };
}

/** Weights after a step, and how well they do; higher is better. */
export interface Candidate {
  readonly step: number;
  readonly score: number;
  readonly params: Params;
}
