import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The URL of a task's module, as text. */
export function moduleUrl(module: URL | string): string {
  const url = new URL(typeof module === "string" && isAbsolute(module) ? pathToFileURL(module) : module);
  if (url.protocol === "file:" && url.pathname.endsWith(".ts") && !existsSync(fileURLToPath(url)))
    url.pathname = url.pathname.replace(/\.ts$/, ".js");
  return url.href;
}
