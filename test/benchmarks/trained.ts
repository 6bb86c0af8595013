import { rm } from "node:fs/promises";
import { readReport } from "@nearfar/runs";
import { nearfar } from "./nearfar.ts";
import { outputOf } from "./outputOf.ts";
import { workFile } from "./workFile.ts";

/** What a training's report says. */
export interface TrainingReport {
  readonly steps: number;
  readonly seconds: number;
  /** Examples that were drawn, repeated ones too. */
  readonly seen: number;
  /** Different examples; undefined where they were streamed. */
  readonly examples?: number;
}

/** `nearfar <area> train` into a run of its own, which `use` measures, and which is removed afterwards. */
export async function trained<T>(
  area: "image" | "text" | "pairs",
  name: string,
  args: readonly string[],
  use: (run: string, report: TrainingReport) => Promise<T>,
): Promise<T> {
  const run = workFile(`${area}-${name}`);
  try {
    await outputOf(nearfar(area, "train", ...args, "--run", run));
    return await use(run, (await readReport({ dir: run })) as unknown as TrainingReport);
  } finally {
    await rm(run, { recursive: true, force: true });
  }
}
