import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { fileError } from "./fileError.ts";
import { UserError } from "./userError.ts";

/**
 * Opens a regular file for reading; the caller closes the handle.
 * A missing file, a folder or a pipe (which could block for ever) is a `UserError` that names the path.
 */
export async function openForReading(path: string): Promise<FileHandle> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new UserError(`${path}: this is a folder, a file was expected`);
    if (!found.isFile()) throw new UserError(`${path}: not a regular file`);
    return await open(path, "r");
  } catch (error) {
    throw fileError(path, error);
  }
}
