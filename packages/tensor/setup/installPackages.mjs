import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lastWords, runQuietly } from "./runQuietly.mjs";

/**
 * Whether a root's node_modules holds what its package-lock.json asks for: by the lock's sha256, noted there after
 * our own install, else (somebody ran npm by hand) by npm's record of what it installed, package by package.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function packagesAreCurrent(root) {
  const lock = lockText(root);
  if (lock === undefined) return existsSync(join(root, "node_modules"));
  if (read(notePath(root)) === sha256(lock)) return true;
  if (!matchesRecord(root, lock)) return false;
  writeFileSync(notePath(root), sha256(lock));
  return true;
}

/**
 * Runs npm in a root, without the packages' scripts: `npm ci`, or `npm install` where there is no lock.
 * Throws an Error with npm's last words.
 *
 * @param {string} root
 * @param {{ started?: (pid: number) => void }} [options] `started` hears of npm's process
 */
export async function installPackages(root, { started = () => {} } = {}) {
  const command = lockText(root) === undefined ? "install" : "ci";
  const args = [command, "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = await runQuietly("npm", args, { cwd: root, env: npmEnvironment(), started }).catch(() => undefined);
  if (run === undefined) throw new Error("there is no npm to install the packages. Install Node 20 or newer with npm");
  if (run.code !== 0) throw new Error(`npm ${command} failed (${lastWords(run.output)}). Run: npm ${command}`);
  writeFileSync(notePath(root), sha256(lockText(root) ?? ""));
}

/** Without what an outer `npm test` or `npm run` says of itself; the user's own npm settings stay. */
function npmEnvironment() {
  const outer =
    /^npm_(package|lifecycle|command)|^npm_config_(workspaces?|include_workspace_root|local_prefix|prefix|global)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}

/** @param {string} root @param {string} lock */
function matchesRecord(root, lock) {
  try {
    const asked = JSON.parse(lock).packages;
    const there = JSON.parse(read(join(root, "node_modules", ".package-lock.json")) ?? "").packages;
    const same = (/** @type {string} */ path) => {
      const [a, b] = [asked[path], there[path]];
      return a?.version === b?.version && a?.integrity === b?.integrity && a?.resolved === b?.resolved;
    };
    const mayBeAbsent = (/** @type {string} */ path) => asked[path].optional || asked[path].extraneous;
    const needed = Object.keys(asked).filter((path) => path.startsWith("node_modules/") && !mayBeAbsent(path));
    return (
      needed.every((path) => there[path] && same(path)) && Object.keys(there).every((path) => asked[path] && same(path))
    );
  } catch {
    return false;
  }
}

/** @param {string} root */
function lockText(root) {
  return read(join(root, "package-lock.json"));
}

/** @param {string} root */
function notePath(root) {
  return join(root, "node_modules", ".nearfar-lock");
}

/** @param {string} path */
function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** @param {string} text */
function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}
