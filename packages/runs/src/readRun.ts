import { stat } from "node:fs/promises";
import { fileError, UserError } from "@nearfar/formats";
import type { Fingerprint } from "./fingerprint.ts";
import type { PlainObject } from "./plain.ts";
import { readPlainFile } from "./readPlainFile.ts";
import type { Configuration, Run } from "./run.ts";
import { runFile } from "./runFile.ts";

/**
 * Reads a run directory without writing to it or locking it: also while it trains.
 *
 * A folder that is missing or is no run, and a `run.json` that is damaged or newer than this program, are a `UserError`.
 */
export async function readRun(dir: string): Promise<Run> {
  const path = runFile.path(dir);
  await checkFolder(dir, path);
  const { format, nearfar, data = null, configuration } = await readPlainFile(path);
  if (format !== runFile.format)
    throw new UserError(
      `${path}: format "${runFile.format}" was expected; got ${JSON.stringify(format) ?? "none"}. Was it written by another version of nearfar? This is ${runFile.version}.`,
    );
  if (typeof nearfar !== "string" || !isConfiguration(configuration) || !(data === null || isFingerprint(data)))
    throw new UserError(
      `${path}: the version, the data's fingerprint or the configuration (method, encoder, seed, batch) is missing or not of its kind. Was it edited by hand?`,
    );
  return { dir, configuration, data, nearfar };
}

async function checkFolder(dir: string, path: string): Promise<void> {
  const folder = await stat(dir).catch((error: unknown) => {
    throw fileError(dir, error);
  });
  if (!folder.isDirectory()) throw new UserError(`${dir}: a run directory was expected; this is a file.`);
  const file = await stat(path).catch(() => undefined);
  if (!file)
    throw new UserError(`${dir}: not a run directory (it has no run.json). Name the folder that training wrote.`);
}

const isObject = (value: unknown): value is PlainObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isFingerprint = (value: unknown): value is Fingerprint & PlainObject =>
  isObject(value) && isCount(value.count) && typeof value.sha256 === "string";

const isConfiguration = (value: unknown): value is Configuration =>
  isObject(value) &&
  typeof value.method === "string" &&
  typeof value.encoder === "string" &&
  isCount(value.seed) &&
  isCount(value.batch) &&
  (value.steps === undefined || isCount(value.steps));
