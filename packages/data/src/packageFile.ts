import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/** The path of a file of an installed npm package, looked for from the folder `from` and then from here; undefined where it is not installed. */
export function packageFile(name: string, file: string, from: string): string | undefined {
  // By the folders and not by `resolve`: packages need not export their data.
  for (const place of [join(resolve(from), "here.js"), import.meta.url])
    for (const folder of createRequire(place).resolve.paths(name) ?? []) {
      const path = join(folder, name, file);
      if (existsSync(path)) return path;
    }
  return undefined;
}
