import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Skipped } from "./skipped.ts";

/** The folder of data sets, from NEARFAR_DATA. Throws Skipped, saying what is needed, where it or `needed` (a path inside it) is missing. */
export function dataFolder(needed: string): string {
  const folder = process.env.NEARFAR_DATA;
  if (!folder) throw new Skipped(`NEARFAR_DATA must name the folder of data sets that holds ${needed}; it is unset.`);
  if (!existsSync(join(folder, needed)))
    throw new Skipped(`the folder that NEARFAR_DATA names must hold ${needed}; there is none.`);
  return resolve(folder);
}
