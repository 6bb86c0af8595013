import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const foreignLife = 60 * 60 * 1000; // a lock of another machine, whose processes we cannot see, lives an hour
const dead = " dead";

/**
 * Takes a lock that is a folder, and waits while another living process holds it.
 *
 * The folder is made complete under another name and renamed into place, so no lock is ever without its owner. It
 * lists processes (the owner and what the owner started): when all of them are dead the lock is stale and removed.
 *
 * @param {string} path
 * @param {{ waiting?: (pid: number) => void, pause?: number }} [options] `pause` between looks, in milliseconds
 * @returns {Promise<{ add: (pid: number) => void, release: () => void }>}
 */
export async function folderLock(path, { waiting = () => {}, pause = 200 } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  let told = false;
  while (!taken(path, aside)) {
    const holder = livingHolder(path);
    if (holder === undefined) removeStale(path);
    else {
      if (!told) waiting(holder);
      told = true;
      await sleep(pause);
    }
  }
  const release = () => {
    process.removeListener("exit", release);
    if (moved(path, aside)) rmSync(aside, { recursive: true, force: true });
  };
  process.once("exit", release);
  return { add: (pid) => appendFileSync(owners(path), processLine(pid)), release };
}

/** @param {string} path @param {string} aside */
function taken(path, aside) {
  mkdirSync(aside);
  writeFileSync(owners(aside), `${hostname()}\n${processLine(process.pid)}`);
  if (moved(aside, path)) return true;
  rmSync(aside, { recursive: true, force: true });
  return false;
}

/** The first living process of a lock; undefined if there is none, or no lock. @param {string} path */
function livingHolder(path) {
  try {
    const [host, ...lines] = readFileSync(owners(path), "utf8").trim().split("\n");
    const old = Date.now() - statSync(path).mtimeMs > foreignLife;
    if (host !== hostname()) return old ? undefined : parseInt(lines[0] ?? "", 10);
    const line = lines.find((line) => !line.endsWith(dead) && line === processLine(parseInt(line, 10)).trim());
    return line === undefined ? undefined : parseInt(line, 10);
  } catch {
    return undefined;
  }
}

/** Moves a stale lock aside before deleting it, so that of two waiters one succeeds. @param {string} path */
function removeStale(path) {
  const aside = `${path}.stale.${process.pid}.${Math.random().toString(36).slice(2)}`;
  if (!moved(path, aside)) return;
  // Another waiter may have been quicker and hold the lock by now: then it goes back.
  if (livingHolder(aside) !== undefined && moved(aside, path)) return;
  rmSync(aside, { recursive: true, force: true });
}

/** "pid starttime": the start tells a process from a later one of the same number. @param {number} pid */
function processLine(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return `${pid}${dead}\n`;
  }
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    if (fields[0] === "Z") return `${pid}${dead}\n`;
    return `${pid} ${fields[19]}\n`; // field 22 of proc(5), 20th after the name
  } catch {
    return `${pid} -\n`;
  }
}

/** @param {string} path */
function owners(path) {
  return join(path, "owners");
}

/** Renames a folder; false if the goal is taken or the source is gone. @param {string} from @param {string} to */
function moved(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? "";
    if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes(code)) return false;
    throw error;
  }
}
