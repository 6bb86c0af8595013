import { UserError } from "@nearfar/formats";
import type { FileHandle } from "node:fs/promises";

/** Fills bytes with those of a file from `at` on; a UserError if it ends before. */
export async function readInto(
  handle: FileHandle,
  bytes: Uint8Array,
  { at, path }: { at: number; path: string },
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(bytes.length - done, 2 ** 30), at + done);
    if (bytesRead === 0) throw new UserError(`${path}: the file became shorter while it was read`);
    done += bytesRead;
  }
}
