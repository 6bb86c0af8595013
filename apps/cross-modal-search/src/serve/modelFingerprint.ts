import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { filesFingerprint } from "@nearfar/data";
import { fileError } from "@nearfar/formats";

/** A hash of a model folder's files, by path, size and time of change: other weights, other vectors. */
export async function modelFingerprint(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return filesFingerprint(files.sort());
}
