import { UserError } from "@nearfar/formats";
import { checkpointSteps } from "./checkpointSteps.ts";
import { readCheckpoint } from "./readCheckpoint.ts";
import type { Run } from "./run.ts";

export interface LastGoodCheckpointOptions {
  /** Only checkpoints of earlier steps count. */
  before?: number;
}

/** The step of the newest checkpoint that reads whole and unchanged; undefined if there is none. */
export async function lastGoodCheckpoint(
  run: Pick<Run, "dir">,
  { before = Infinity }: LastGoodCheckpointOptions = {},
): Promise<number | undefined> {
  for (const step of (await checkpointSteps(run)).reverse()) {
    if (step < before && (await isGood(run, step))) return step;
  }
  return undefined;
}

async function isGood(run: Pick<Run, "dir">, step: number): Promise<boolean> {
  try {
    await readCheckpoint(run, step);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
