import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "@nearfar/formats";
import type { ImageSet } from "./imageSet.ts";
import { isPicture } from "./isPicture.ts";
import { openArchive } from "./openArchive.ts";
import { isCifarFile, openCifar } from "./openCifar.ts";
import { openFolder } from "./openFolder.ts";

export interface OpenImagesOptions {
  /** The most bytes of pictures that are taken from an archive into memory. */
  readonly maxBytes?: number;
}

/**
 * Opens pictures: a folder, a tar or tar.gz archive, or CIFAR-10's binary files; `archive#train` is a folder inside an archive.
 *
 * A folder is read by its files as they are needed; an archive once, into shared memory. Items are sorted by path, the same
 * everywhere; the first folder below the root is the label when every picture lies in one. A mistake of the user's, such as a path
 * that does not exist or a folder without pictures, throws UserError.
 */
export async function openImages(path: string, { maxBytes = 4e9 }: OpenImagesOptions = {}): Promise<ImageSet> {
  const { place, inside } = await locate(path);
  const name = basename(resolve(place)) + (inside === "" ? "" : `#${inside}`);
  const kind = await kindOf(place);
  if (kind === "folder") {
    const files = (await readdir(place)).filter(isCifarFile);
    if (files.some((file) => file.endsWith(".bin")))
      return openCifar(await contents(place, files), { name, part: inside, from: place });
    if (inside !== "")
      throw new UserError(`${path}: a # names a folder inside an archive; give ${join(place, inside)} instead.`);
    return openFolder(place, name);
  }
  if (isCifarFile(basename(place))) {
    const files = (await readdir(dirname(place))).filter((file) => file === basename(place) || file.endsWith(".txt"));
    return openCifar(await contents(dirname(place), files.filter(isCifarFile)), {
      name,
      part: inside,
      from: dirname(place),
    });
  }
  if (isPicture(basename(place))) throw new UserError(`${place}: this is one picture; give the folder that holds it.`);
  return openArchive(place, { inside, name, maxBytes });
}

/** A path that exists is taken as it is; else what follows its last # is a path inside the archive before it. */
async function locate(path: string): Promise<{ place: string; inside: string }> {
  const mark = path.lastIndexOf("#");
  if (mark <= 0 || (await exists(path))) return { place: path, inside: "" };
  return { place: path.slice(0, mark), inside: path.slice(mark + 1).replace(/^\/+|\/+$/g, "") };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function kindOf(place: string): Promise<"folder" | "file"> {
  const found = await stat(place).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "no such file or folder" : `cannot be opened (${error.message})`;
    throw new UserError(`${place}: ${reason}. Is the path spelled right, from the folder you are in?`);
  });
  return found.isDirectory() ? "folder" : "file";
}

async function contents(folder: string, files: readonly string[]): Promise<Map<string, Uint8Array>> {
  const read = new Map<string, Uint8Array>();
  for (const file of files) {
    const { size } = await stat(join(folder, file));
    if (size > LARGEST)
      throw new UserError(`${join(folder, file)}: too large for a CIFAR-10 file: ${size} bytes. Is it one?`);
    read.set(file, await readFile(join(folder, file)));
  }
  return read;
}

// The batches as published have 30.7 MB each.
const LARGEST = 1e9;
