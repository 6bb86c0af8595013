import { UserError } from "@nearfar/formats";
import type { Fingerprint } from "./fingerprint.ts";
import type { PlainObject } from "./plain.ts";
import { readRun } from "./readRun.ts";
import type { OpenRun, Run } from "./run.ts";
import { takeLock } from "./takeLock.ts";

export interface OpenRunOptions {
  /** Fields of the configuration that must be as they were, such as what flags ask for; undefined ones are not compared. */
  expected?: PlainObject;
  /** Of the data at hand; not compared if either is absent. */
  data?: Fingerprint;
}

/**
 * Opens a run directory to go on with it, and locks it.
 *
 * What `readRun` refuses, another configuration than the expected, other data, and a lock that another process holds are a
 * `UserError`.
 */
export async function openRun(dir: string, { expected = {}, data }: OpenRunOptions = {}): Promise<OpenRun> {
  await readRun(dir); // no lock is written to a folder that is no run
  const close = await takeLock(dir);
  try {
    const run = await readRun(dir);
    checkConfiguration(run, expected);
    checkData(run, data);
    return { ...run, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function checkConfiguration({ dir, configuration }: Run, expected: PlainObject): void {
  const differing = Object.keys(expected).filter(
    (name) => expected[name] !== undefined && !same(expected[name], configuration[name]),
  );
  if (differing.length === 0) return;
  const was = differing.map((name) => `${name} ${JSON.stringify(configuration[name]) ?? "(none)"}`).join(", ");
  const is = differing.map((name) => `${name} ${JSON.stringify(expected[name])}`).join(", ");
  throw new UserError(
    `${dir}: the run was started with ${was}; now ${is} was asked for. Ask for what it was started with, or name another folder with --run.`,
  );
}

function checkData({ dir, data: before }: Run, now: Fingerprint | undefined): void {
  if (!before || !now || (before.count === now.count && before.sha256 === now.sha256)) return;
  const told = ({ count, sha256 }: Fingerprint) => `${count} items (${sha256.slice(0, 8)})`;
  throw new UserError(
    `${dir}: the run was started on other data: ${told(before)} then, ${told(now)} now. Name the same data, or another folder with --run.`,
  );
}

/** Equal as JSON, whatever the order of names. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => same((a as PlainObject)[name], (b as PlainObject)[name]));
}
