import { readTar, UserError } from "@nearfar/formats";
import { pack } from "./pack.ts";
import { pictureDamage, type Fault } from "./pictureDamage.ts";
import type { PicturePlace } from "./picturePlace.ts";

export interface PicturesInArchiveOptions {
  /** The paths that will be looked up: nothing else is kept. */
  readonly wanted: Iterable<string>;
  /** Bytes of a picture. */
  readonly maxBytes: number;
  /** Bytes of all pictures together, in memory. */
  readonly maxTotalBytes: number;
}

/**
 * Pictures in a tar or tar.gz archive, read once: looked up by their full path, else by the file's name where only one has it.
 *
 * An archive that is cut off gives the pictures before the cut, and a `fault`.
 */
export async function picturesInArchive(
  archive: string,
  { wanted, maxBytes, maxTotalBytes }: PicturesInArchiveOptions,
): Promise<PicturePlace> {
  const names = new Set([...wanted].map(fileName));
  const found = new Map<string, Uint8Array | Fault>();
  let fault: Fault | undefined;
  let total = 0;
  try {
    for await (const entry of readTar(archive, { maxEntryBytes: maxBytes, onUnsafe: () => undefined })) {
      if (!names.has(fileName(entry.name))) continue;
      const large = entry.size > maxBytes;
      if (!large) total += entry.size;
      if (total > maxTotalBytes)
        throw new TooMuch(
          `${archive}: its pictures have more than ${maxTotalBytes} bytes, too many to hold in memory. Unpack it and give the folder, or make shards.`,
        );
      const bytes = large ? new Uint8Array() : await entry.read();
      found.set(entry.name, pictureDamage(bytes, entry.size, maxBytes) ?? bytes);
    }
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof TooMuch || found.size === 0) throw error;
    fault = { kind: "archive cut", reason: `${error.message}. Fetch it again.` };
  }
  const byName = new Map<string, string[]>();
  for (const path of found.keys()) byName.set(fileName(path), [...(byName.get(fileName(path)) ?? []), path]);
  return {
    look(path) {
      const same = byName.get(fileName(path)) ?? [];
      const at = found.has(path) ? path : same[0];
      if (at === undefined || (at !== path && same.length > 1)) {
        const reason =
          at === undefined
            ? `not in ${archive}. Give the archive that holds it.`
            : `${same.length} files of ${archive} have this name. Give the whole path inside the archive.`;
        return Promise.resolve<Fault>({ kind: "picture missing", reason });
      }
      const picture = found.get(at)!;
      return Promise.resolve(picture instanceof Uint8Array ? { at } : picture);
    },
    source(paths) {
      const parts = paths.map((path) => found.get(path) as Uint8Array);
      found.clear(); // pack frees each as it is copied
      return { kind: "bytes", ...pack(parts) };
    },
    fault,
    files: [archive],
  };
}

class TooMuch extends UserError {}

const fileName = (path: string) => path.slice(path.lastIndexOf("/") + 1);
