import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileError } from "./fileError.ts";

/**
 * Writes a file so that its name holds either the old content or the whole new one, also after a crash or a power cut.
 *
 * The content goes into a hidden sibling `.<name>.<random>.tmp`, which is flushed to the disk, renamed over `path`, and
 * whose folder is flushed too. `content` is the bytes, or a function that writes them to the handle it is given (use
 * `handle.writeFile`, which appends at the current position and never stops half-way). If anything fails, the sibling
 * is removed and `path` is untouched; a killed process can leave the sibling behind, never a half `path`.
 * A folder that is missing or may not be written to is a `UserError`.
 */
export async function writeFileAtomic(
  path: string,
  content: Uint8Array | ((handle: FileHandle) => Promise<void>),
): Promise<void> {
  const folder = dirname(path);
  const sibling = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  const handle = await open(sibling, "wx").catch((error: unknown) => {
    throw fileError(path, error);
  });
  try {
    try {
      if (typeof content === "function") await content(handle);
      else await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(sibling, path);
  } catch (error) {
    await rm(sibling, { force: true });
    // A path that is not the sibling's is of a file that `content` read: that error is told as it is.
    const foreign = error instanceof Error && "path" in error && error.path !== sibling;
    throw foreign ? error : fileError(path, error);
  }
  await syncFolder(folder);
}

/** Makes the rename itself durable. Windows cannot open a folder; there the file system's journal does it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
