import { rm } from "node:fs/promises";
import { readReport } from "@nearfar/runs";
import { outputOf } from "../outputOf.ts";
import { nearfarText } from "./nearfarText.ts";
import { workFile } from "./workFile.ts";

/** What a training's report says. */
export interface TextReport {
  readonly steps: number;
  readonly seconds: number;
  /** Examples that were drawn, repeated ones too. */
  readonly seen: number;
  /** Different examples; undefined where they were streamed. */
  readonly examples?: number;
}

/** `nearfar text train` into a run of its own, which `use` measures, and which is removed afterwards. */
export async function trained<T>(
  name: string,
  args: readonly string[],
  use: (run: string, report: TextReport) => Promise<T>,
): Promise<T> {
  const run = workFile(`text-${name}`);
  try {
    await outputOf(nearfarText("train", ...args, "--run", run));
    return await use(run, (await readReport({ dir: run })) as unknown as TextReport);
  } finally {
    await rm(run, { recursive: true, force: true });
  }
}
