import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addonPath, prebuiltSha256 } from "./addon.mjs";
import { sizeProblem } from "./cache.mjs";

/**
 * @typedef {"prebuilt" | "compiled" | "own download" | "found"} Source where the addon came from
 * @typedef {object} Stamp
 * @property {string} engine
 * @property {Source} source
 * @property {string} addon sha256 of the addon that we shipped when it was set up
 * @property {{ path: string, size: number }[]} files in the package, links followed
 */

/** Notes in the npm package that its engine works, and the sizes to recognise it by. @param {string} packageFolder @param {{ name: string, version: string }} engine @param {Source} source */
export function writeStamp(packageFolder, engine, source) {
  const libraries = readdirSync(join(packageFolder, "deps", "lib")).map((name) => join("deps", "lib", name));
  const files = [...libraries, addonPath].map((path) => ({ path, size: statSync(join(packageFolder, path)).size }));
  /** @type {Stamp} */
  const stamp = { engine: `${engine.name}-${engine.version}`, source, addon: prebuiltSha256(), files };
  writeFileSync(`${stampPath(packageFolder)}.next`, `${JSON.stringify(stamp, null, 2)}\n`);
  renameSync(`${stampPath(packageFolder)}.next`, stampPath(packageFolder));
}

/**
 * Whether the npm package's engine is the one that we would set up, by its stamp and the sizes of its files (links
 * followed): some stats, no hashing, no child process.
 *
 * @param {string} packageFolder
 * @param {{ name: string, version: string }} engine
 * @returns {boolean}
 */
export function isSetUp(packageFolder, engine) {
  try {
    /** @type {Stamp} */
    const stamp = JSON.parse(readFileSync(stampPath(packageFolder), "utf8"));
    const current = stamp.engine === `${engine.name}-${engine.version}` && stamp.addon === prebuiltSha256();
    return current && stamp.files.every(({ path, size }) => sizeProblem(join(packageFolder, path), size) === undefined);
  } catch {
    return false;
  }
}

/** @param {string} packageFolder */
function stampPath(packageFolder) {
  return join(packageFolder, "nearfar-engine.json");
}
