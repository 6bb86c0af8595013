import { open } from "node:fs/promises";
import { join } from "node:path";
import { UserError, type Image } from "@nearfar/formats";
import type { ImageSource } from "./imageSource.ts";

/**
 * Picture `index` of a source: its encoded bytes, or an `Image` where it is decoded already.
 *
 * Memory of `bytes` and `pixels` is shared: the result is a view, never written. Throws RangeError for an index outside the
 * source, and UserError for a file that cannot be read or is above 256 MB.
 */
export async function readSource(source: ImageSource, index: number): Promise<Uint8Array | Image> {
  if (source.kind === "files") return readFile(source.root, at(source.paths, index));
  const begin = at(source.offsets, index);
  const data = new Uint8Array(source.buffer, begin, at(source.offsets, index + 1) - begin);
  return source.kind === "bytes" ? data : { width: at(source.widths, index), height: at(source.heights, index), data };
}

const LARGEST_FILE = 256e6;

async function readFile(root: string, path: string): Promise<Uint8Array> {
  try {
    const file = await open(join(root, path));
    try {
      const { size } = await file.stat();
      if (size > LARGEST_FILE)
        throw new UserError(
          `${path}: a picture is at most ${LARGEST_FILE / 1e6} MB; this file has ${size} bytes. Is it one?`,
        );
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: cannot be read (${(error as Error).message}). Was it moved since the run began?`);
  }
}

function at<T>(values: ArrayLike<T>, index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`readSource: the source has no picture ${index}.`);
  return value;
}
