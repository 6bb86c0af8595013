import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "@nearfar/tensor/setup";

/** The path of what a measurement makes for itself, in the user's cache: whoever makes it removes it. */
export function workFile(name: string): string {
  const folder = join(cacheFolder(), "benchmarks");
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
