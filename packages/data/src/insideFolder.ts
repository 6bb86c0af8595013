import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";

/** Where a relative path leads, links followed: "outside" where that is not in the folder `root` (a real path), "missing" where nothing is. */
export async function insideFolder(root: string, path: string): Promise<{ real: string } | "outside" | "missing"> {
  let real: string;
  try {
    real = await realpath(join(root, path));
  } catch {
    return "missing";
  }
  return real.startsWith(root.endsWith(sep) ? root : root + sep) ? { real } : "outside";
}
