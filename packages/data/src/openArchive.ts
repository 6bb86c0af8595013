import { readTar, UserError } from "@nearfar/formats";
import type { ImageSet } from "./imageSet.ts";
import { isPicture } from "./isPicture.ts";
import { labelled } from "./labelled.ts";
import { isCifarFile, openCifar } from "./openCifar.ts";
import { pack } from "./pack.ts";
import { pictureExtensions } from "./pictureExtensions.ts";

/** How to open an archive: `inside` is a folder in it (empty for all of it), `name` the name of the set. */
export interface OpenArchiveOptions {
  readonly inside: string;
  readonly name: string;
  readonly maxBytes: number;
}

/**
 * The pictures of a tar archive (or the CIFAR-10 batches in it), sorted by path, read once into one shared buffer.
 *
 * `inside` is looked for at any depth and found where it is least deep: `train` is `train/...` or `cifar10/train/...`. Below it
 * (or below the folders that all pictures share) the first folder is the label. Throws UserError when nothing is found there,
 * naming the folders that there are, and when the pictures together have more than `maxBytes`.
 */
export async function openArchive(path: string, { inside, name, maxBytes }: OpenArchiveOptions): Promise<ImageSet> {
  const wanted = inside.split("/").filter((part) => part !== "");
  const folders = new Set<string>();
  const cifar = new Map<string, Uint8Array>();
  const pictures = new Map<string, Uint8Array>(); // by path: of two entries with one path the later counts, as when unpacked
  let depth = Infinity;
  let bytes = 0;
  for await (const entry of readTar(path)) {
    const parts = entry.name.split("/");
    const file = parts.pop()!;
    if (isCifarFile(file)) cifar.set(file, await entry.read());
    if (!isPicture(entry.name)) continue;
    folders.add(parts.join("/"));
    const at = indexOf(parts, wanted);
    if (at === Infinity || at > depth) continue;
    if (at < depth) {
      // Found less deep than before: what was taken there lies in a class that only has this name.
      pictures.clear();
      depth = at;
      bytes = 0;
    }
    bytes += entry.size;
    if (bytes > maxBytes)
      throw new UserError(
        `${path}: its pictures have more than ${maxBytes} bytes, too many to hold in memory. Unpack it and give the folder.`,
      );
    pictures.set(entry.name, await entry.read());
  }
  if (cifar.size > 0 && pictures.size === 0) return openCifar(cifar, { name, part: inside, from: path });
  if (pictures.size === 0) throw new UserError(`${path}: ${nothing(inside, [...folders])}`);
  const paths = [...pictures.keys()].sort();
  const above = wanted.length === 0 ? sharedDepth([...folders]) : depth + wanted.length;
  const below = paths.map((picture) => picture.split("/").slice(above).join("/"));
  const parts = paths.map((picture) => pictures.get(picture)!);
  pictures.clear();
  return { name, ...labelled(paths, below), source: { kind: "bytes", ...pack(parts) } };
}

/** Where the parts of a folder's path begin to be those wanted; Infinity when nowhere. */
function indexOf(parts: readonly string[], wanted: readonly string[]): number {
  const last = parts.length - wanted.length;
  for (let at = 0; at <= last; at++) if (wanted.every((part, i) => parts[at + i] === part)) return at;
  return Infinity;
}

/** How many leading folders all of them share. */
function sharedDepth(folders: readonly string[]): number {
  const [first = [], ...others] = folders.map((folder) => (folder === "" ? [] : folder.split("/")));
  return others.reduce((depth, parts) => {
    while (depth > 0 && first.slice(0, depth).join("/") !== parts.slice(0, depth).join("/")) depth--;
    return depth;
  }, first.length);
}

function nothing(inside: string, folders: readonly string[]): string {
  if (folders.length === 0) return `no picture in this archive (${pictureExtensions.join(", ")}). Is it the right one?`;
  const depth = sharedDepth(folders);
  const names = [...new Set(folders.map((folder) => folder.split("/")[depth] ?? ""))]
    .filter((part) => part !== "")
    .sort();
  const there =
    names.length === 0 ? `only ${folders[0]}` : names.slice(0, 10).join(", ") + (names.length > 10 ? ", ..." : "");
  return `no pictures under "${inside}" in this archive; its folders are: ${there}. Name one of them after the #.`;
}
