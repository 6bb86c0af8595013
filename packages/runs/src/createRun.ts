import { mkdir, readdir } from "node:fs/promises";
import { fileError, UserError } from "@nearfar/formats";
import { checkpointSteps } from "./checkpointSteps.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { readRun } from "./readRun.ts";
import type { Configuration, OpenRun } from "./run.ts";
import { runFile } from "./runFile.ts";
import { takeLock } from "./takeLock.ts";

export interface CreateRunOptions {
  /** Of the data to train on, from `fingerprint`; `openRun` compares it. */
  data?: Fingerprint;
}

/**
 * Makes a run directory, with the folders above it, and locks it.
 *
 * Refused, as a `UserError` that says what to do: a folder that holds a run already, finished or not; one that holds
 * anything else (hidden files aside); one that another process is making into a run.
 */
export async function createRun(
  dir: string,
  configuration: Configuration,
  { data }: CreateRunOptions = {},
): Promise<OpenRun> {
  await mkdir(dir, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw new UserError(`${dir}: a folder is needed for the run; this is a file.`);
    throw fileError(dir, error);
  });
  await checkFree(dir); // before the lock, so that nothing is ever written to a stranger's folder
  const close = await takeLock(dir);
  try {
    await checkFree(dir); // again: a run may have come and gone before the lock was ours
    const run = { dir, configuration, data: data ?? null, nearfar: runFile.version };
    await runFile.write(run);
    return { ...run, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function checkFree(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: unknown) => {
    throw fileError(dir, error);
  });
  if (names.includes("run.json")) throw await taken(dir);
  // A start that died before its first file was whole leaves only these.
  const other = names.find((name) => !name.startsWith(".") && name !== "lock" && !name.startsWith("lock."));
  if (other !== undefined)
    throw new UserError(
      `${dir}: not empty (it holds "${other}") and no run. Name a new or an empty folder with --run.`,
    );
}

async function taken(dir: string): Promise<UserError> {
  const { method, encoder, steps } = (await readRun(dir)).configuration;
  const at = (await checkpointSteps({ dir })).at(-1) ?? 0;
  const what = `a run of ${method} with ${encoder}`;
  if (steps !== undefined && at >= steps)
    return new UserError(
      `${dir}: holds ${what}, finished at step ${at}. Name another folder with --run, or evaluate this one.`,
    );
  const progress = steps === undefined ? `step ${at}` : `step ${at} of ${steps}`;
  return new UserError(
    `${dir}: holds ${what}, at ${progress}. Add --resume to go on, or name another folder with --run.`,
  );
}
