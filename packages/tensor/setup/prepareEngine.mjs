import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { engineFolder, engineProblem } from "./cache.mjs";
import { fetchWheel } from "./fetchWheel.mjs";
import { folderLock } from "./folderLock.mjs";
import { sha256Of } from "./sha256Of.mjs";
import { unzip } from "./unzip.mjs";

/**
 * Makes sure that an engine's libraries lie in the cache, complete and of the right version, and returns their folder.
 *
 * They are built in a sibling folder and renamed into place with their manifest, so a folder of the final name is
 * whole; what an interrupted setup left is removed, except a wheel that came whole. One process builds, others wait.
 *
 * @param {import("./wheels.mjs").Engine} engine
 * @param {{ log?: (line: string) => void, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>}
 */
export async function prepareEngine(engine, { log = () => {}, env = process.env } = {}) {
  const folder = engineFolder(engine, env);
  if (engineProblem(folder, engine) === undefined) return folder;
  const waiting = (/** @type {number} */ pid) => log(`waiting for the setup of process ${pid} ...`);
  const lock = await folderLock(`${folder}.lock`, { waiting });
  try {
    const problem = engineProblem(folder, engine);
    if (problem === undefined) return folder;
    if (problem !== "absent") log(`the engine in the cache is damaged (${problem}): building it again ...`);
    await build(engine, folder, { log, env, started: lock.add });
    return folder;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOSPC") throw error;
    throw noSpace(engine, folder);
  } finally {
    lock.release();
  }
}

/**
 * @param {import("./wheels.mjs").Engine} engine
 * @param {string} folder
 * @param {{ log: (line: string) => void, env: NodeJS.ProcessEnv, started: (pid: number) => void }} options
 */
async function build(engine, folder, { log, env, started }) {
  const partial = `${folder}.partial`;
  const wheels = `${folder}.wheels`;
  rmSync(partial, { recursive: true, force: true });
  if (existsSync(wheels)) removeAllBut(wheels, new Set(engine.wheels.map(({ file }) => file)));
  mkdirSync(partial, { recursive: true });
  const { bavail, bsize } = await statfs(partial);
  if (bavail * bsize < engine.disk * 1e6) throw noSpace(engine, folder, Math.floor((bavail * bsize) / 1e6));

  log(`fetching ${engine.name} ${engine.version} (${engine.download} MB, once for all clones) ...`);
  const files = [];
  for (const wheel of engine.wheels) {
    const archive = await fetchWheel(wheel, wheels, { env, started });
    if (wheel === engine.wheels[0]) log("unpacking it ...");
    const unpacked = await unzip(archive, partial, wheel.takes);
    if (unpacked.length === 0) throw new Error(`${wheel.file} holds none of the files that are wanted`);
    for (const { path, size } of unpacked) files.push({ path, size, sha256: await sha256Of(join(partial, path)) });
    rmSync(archive);
  }
  const { name, version } = engine;
  const manifest = { name, version, wheels: engine.wheels.map(({ file, sha256 }) => ({ file, sha256 })), files };
  writeFileSync(join(partial, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  rmSync(wheels, { recursive: true, force: true });
}

/** @param {string} folder @param {Set<string>} names */
function removeAllBut(folder, names) {
  for (const name of readdirSync(folder)) {
    if (!names.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** @param {import("./wheels.mjs").Engine} engine @param {string} folder @param {number} [free] */
function noSpace({ name, disk }, folder, free) {
  const there = free === undefined ? "" : `, ${free} MB there`;
  return new Error(
    `${name} needs ${disk} MB of free space in ${dirname(folder)}${there}. Free some, or set NEARFAR_CACHE to a folder on another disk`,
  );
}
