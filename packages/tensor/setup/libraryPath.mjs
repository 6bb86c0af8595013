import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { engineFolder } from "./cache.mjs";
import { engines } from "./wheels.mjs";

/**
 * The value of LD_LIBRARY_PATH with which a launcher must start Node for the GPU engine: the NVIDIA libraries' folders
 * before what was set. (The loader reads it once, at the start of a process.) UNTESTED on a GPU.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function libraryPath(env = process.env) {
  const nvidia = join(engineFolder(engines.gpu, env), "nvidia");
  const parts = existsSync(nvidia) ? readdirSync(nvidia).sort() : [];
  const folders = parts.map((part) => join(nvidia, part, "lib")).filter((folder) => existsSync(folder));
  return [...folders, ...(env.LD_LIBRARY_PATH ? [env.LD_LIBRARY_PATH] : [])].join(":");
}
