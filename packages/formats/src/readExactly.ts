import type { FileHandle } from "node:fs/promises";
import { UserError } from "./userError.ts";

export interface Range {
  readonly from: number;
  readonly length: number;
  /** Names the file in the error. */
  readonly path: string;
}

/**
 * These bytes of a file, all of them, in memory of their own; a `UserError` if the file ends before.
 * One call to the system reads at most 2 GiB, and may read less than it was asked for. The caller has checked `length`.
 */
export async function readExactly(handle: FileHandle, { from, length, path }: Range): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(length - at, 2 ** 30), from + at);
    if (bytesRead === 0) throw new UserError(`${path}: the file became shorter while it was read`);
    at += bytesRead;
  }
  return bytes;
}
