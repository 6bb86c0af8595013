import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {{ file: string, sha256: string }[]} wheels
 * @property {{ path: string, size: number, sha256: string }[]} files
 */

/** The cache that all clones share: NEARFAR_CACHE, else nearfar under XDG_CACHE_HOME or ~/.cache. @param {NodeJS.ProcessEnv} [env] */
export function cacheFolder(env = process.env) {
  if (env.NEARFAR_CACHE) return resolve(env.NEARFAR_CACHE);
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "nearfar");
}

/** Where an engine's libraries lie. @param {{ name: string, version: string }} engine @param {NodeJS.ProcessEnv} [env] */
export function engineFolder({ name, version }, env = process.env) {
  return join(cacheFolder(env), "engine", `${name}-${version}`);
}

/** The list of what a complete engine holds; undefined where there is none. @param {string} folder @returns {Manifest | undefined} */
export function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * What is wrong with an engine in the cache, by its wheels' sha256 and its files' sizes (reading 680 MB for their
 * sha256 would take seconds at each start): undefined if nothing, "absent" if there is none.
 *
 * @param {string} folder
 * @param {{ name: string, version: string, wheels: { file: string, sha256: string }[] }} engine
 * @returns {string | undefined}
 */
export function engineProblem(folder, engine) {
  const manifest = readManifest(folder);
  if (!Array.isArray(manifest?.files) || !Array.isArray(manifest.wheels)) return "absent";
  for (const { file, sha256 } of engine.wheels) {
    if (!manifest.wheels.some((wheel) => wheel?.sha256 === sha256)) return `it was not made from ${file}`;
  }
  for (const { path, size } of manifest.files) {
    const problem = sizeProblem(join(folder, path), size);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** @param {string} path @param {number} size @returns {string | undefined} */
export function sizeProblem(path, size) {
  const got = statSync(path, { throwIfNoEntry: false })?.size;
  if (got === undefined) return `${path} is missing`;
  return got === size ? undefined : `${path} has ${got} bytes instead of ${size}`;
}
