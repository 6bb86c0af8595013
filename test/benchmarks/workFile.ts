import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "@nearfar/tensor/setup";

/** The path of what a measurement makes for itself: in a folder of the user's cache that is this process's alone, and goes when it ends. */
export function workFile(name: string): string {
  if (!folder) {
    const own = join(cacheFolder(), "benchmarks", `${process.pid}`);
    const remove = () => rmSync(own, { recursive: true, force: true });
    remove(); // of a process of the same number that was killed
    mkdirSync(own, { recursive: true });
    process.once("exit", remove);
    folder = own;
  }
  return join(folder, name);
}

let folder: string | undefined;
