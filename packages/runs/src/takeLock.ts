import { randomBytes } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileError, UserError } from "@nearfar/formats";
import { processStart } from "./processStart.ts";

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** For people. */
  readonly since: string;
  /** For `processStart`, where that is known. */
  readonly start?: string;
}

/**
 * Makes this process the only writer of a run directory, through the file `lock`; returns what gives it back.
 *
 * The lock of a process of this host that is gone is taken over. One that lives, or whose host is another and cannot be
 * asked, is a `UserError` that names it.
 */
export async function takeLock(dir: string): Promise<() => Promise<void>> {
  const path = join(dir, "lock");
  const start = await processStart(process.pid);
  const owner: Owner = { pid: process.pid, host: hostname(), since: new Date().toISOString(), ...(start && { start }) };
  const text = `${JSON.stringify(owner)}\n`;
  if (!(await createFile(path, text))) {
    await removeStale(path, dir);
    if (!(await createFile(path, text))) throw inUse(dir, await read(path));
  }
  return async () => {
    if ((await read(path)) === text) await rm(path, { force: true });
  };
}

/** False if the file is there already. */
async function createFile(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx", flush: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw fileError(path, error);
  }
}

async function removeStale(path: string, dir: string): Promise<void> {
  const text = await read(path);
  if (text === undefined) return; // given back meanwhile
  if (await mayLive(parse(text))) throw inUse(dir, text);
  // Aside first: another process may have taken the stale lock over since it was read, and its lock must stay.
  const aside = `${path}.${randomBytes(6).toString("hex")}`;
  await rename(path, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw fileError(path, error);
  });
  const moved = await read(aside);
  if (moved !== undefined && moved !== text) {
    await rename(aside, path);
    throw inUse(dir, moved);
  }
  await rm(aside, { force: true });
}

async function mayLive(owner: Owner | undefined): Promise<boolean> {
  if (!owner || owner.host !== hostname()) return true;
  const start = await processStart(owner.pid);
  if (start !== undefined && owner.start !== undefined) return start === owner.start;
  try {
    process.kill(owner.pid, 0); // asks only
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function inUse(dir: string, text: string | undefined): UserError {
  const path = join(dir, "lock");
  const owner = parse(text ?? "");
  if (!owner)
    return new UserError(
      `${dir}: in use, and ${path} does not say by whom. If nothing trains there, delete that file.`,
    );
  const who = `process ${owner.pid} on ${owner.host} since ${owner.since}`;
  const fix = owner.host === hostname() ? "Stop it, or wait" : `If it is gone, delete ${path}`;
  return new UserError(`${dir}: in use by ${who}. ${fix}, or name another folder with --run.`);
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError(path, error);
  }
}

function parse(text: string): Owner | undefined {
  try {
    const { pid, host, since, start } = JSON.parse(text) as Record<keyof Owner, unknown>;
    if (!Number.isSafeInteger(pid) || (pid as number) <= 0 || typeof host !== "string") return undefined;
    const owner = { pid: pid as number, host, since: String(since) };
    return typeof start === "string" ? { ...owner, start } : owner;
  } catch {
    return undefined;
  }
}
