import { readdir } from "node:fs/promises";
import { fileError } from "@nearfar/formats";
import { checkpointPath } from "./checkpointPath.ts";
import type { Run } from "./run.ts";

/** The steps that a run has checkpoints of, rising; good or not. */
export async function checkpointSteps(run: Pick<Run, "dir">): Promise<number[]> {
  const folder = checkpointPath(run.dir);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw fileError(folder, error);
  });
  const steps = names.map((name) => Number(/^step-(\d{8,15})\.safetensors$/.exec(name)?.[1] ?? NaN));
  return steps.filter((step) => !Number.isNaN(step)).sort((a, b) => a - b);
}
