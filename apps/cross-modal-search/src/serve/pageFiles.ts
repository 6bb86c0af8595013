import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/**
 * The built page in memory, by the path at which it is asked for (`/`, `/assets/main-x.js`); undefined where it is not built.
 *
 * Only what is here when the server starts is ever sent, so that no path leads anywhere else; links are passed over.
 */
export async function pageFiles(folder: string = BUILT): Promise<ReadonlyMap<string, PageFile> | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = new Uint8Array(await readFile(path));
    files.set(`/${relative(folder, path).split(sep).join("/")}`, { bytes, type });
  }
  const index = files.get("/index.html");
  return index && files.set("/", index);
}

/** From `src/serve` and from `dist/serve` alike. */
const BUILT = fileURLToPath(new URL("../../dist/page", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};
