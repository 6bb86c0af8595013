import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { fileError, UserError } from "@nearfar/formats";
import { damages, type DamageOptions } from "./damages.ts";
import { lookUpPairs } from "./lookUpPairs.ts";
import { openIcons } from "./openIcons.ts";
import type { PairColumns } from "./pairColumns.ts";
import type { PairSet } from "./pairSet.ts";
import { picturesInArchive } from "./picturesInArchive.ts";
import { picturesInFolder } from "./picturesInFolder.ts";
import { readPairTable } from "./readPairTable.ts";
import { readSidecars } from "./readSidecars.ts";

export interface OpenPairsOptions extends DamageOptions {
  /** The folder in which a table's paths begin, or a tar or tar.gz archive; the table's own folder by default. */
  readonly images?: string | undefined;
  /** What a table's columns are, in place of what their names say. */
  readonly columns?: Partial<PairColumns>;
  /** Only rows with this value in this column: `{ split: "train" }`. */
  readonly where?: Readonly<Record<string, string>>;
  /** Whether the first row of `.csv` and `.tsv` names the columns; else they are "1", "2", ... */
  readonly header?: boolean;
  /** Bytes of a picture's file. */
  readonly maxPictureBytes?: number;
  /** Bytes of all pictures that are taken from an archive into memory. */
  readonly maxBytes?: number;
}

/**
 * Opens pictures with captions: a table with a column of paths and one or more of captions, a folder with a `.txt` or `.json` beside
 * each picture, or icon sets from npm, `icons:lucide,tabler` (`openIcons`).
 *
 * Rows of one picture are joined into one item; items come in the order of the table, or sorted by path. A picture's file is looked at
 * (there, inside the folder, not too large, of a known format by its first bytes) and not decoded. What is wrong with single
 * samples goes by `onDamaged`; a mistake with the whole, and more than `mostDamaged` of it, is a UserError.
 */
export async function openPairs(path: string, options: OpenPairsOptions = {}): Promise<PairSet> {
  if (path.startsWith("icons:")) return openIcons(path.slice("icons:".length).split(","));
  const { onDamaged, warn, mostDamaged, maxPictureBytes = 256e6, maxBytes = 4e9 } = options;
  const damaged = damages({
    ...(onDamaged && { onDamaged }),
    ...(warn && { warn }),
    ...(mostDamaged !== undefined && { mostDamaged }),
  });
  const { candidates, told, files, place: at } = await candidatesOf(path, options);
  const place = (await isFolder(at))
    ? await picturesInFolder(at, { maxBytes: maxPictureBytes })
    : await picturesInArchive(at, {
        wanted: candidates.map((one) => one.path),
        maxBytes: maxPictureBytes,
        maxTotalBytes: maxBytes,
      });
  // Pictures after the cut are missing: where the policy is to stop, the first of them does.
  if (place.fault) damaged.record({ ...place.fault, sample: at });
  const found = await lookUpPairs(candidates, place, damaged);
  const captions = found.items.reduce((total, item) => total + item.captions.length, 0);
  if (found.items.length === 0)
    throw new UserError(
      `${path}: no picture with a caption is left. ${damaged.lines().join("; ") || "Give more data."}`,
    );
  return {
    name: basename(resolve(path)),
    description: [
      `${basename(path)}: ${found.items.length} pictures with ${captions} captions${told}`,
      ...damaged.lines(),
    ].join("\n"),
    items: found.items,
    source: place.source(found.at),
    files: [...files, ...place.files],
    damaged: damaged.counts,
  };
}

async function candidatesOf(path: string, { images, columns = {}, where = {}, header = true }: OpenPairsOptions) {
  if (await isFolder(path)) {
    if (images !== undefined || Object.keys({ ...columns, ...where }).length > 0)
      throw new UserError(
        `${path}: a folder has no columns and holds its own pictures; give a table, or the folder alone.`,
      );
    return { ...(await readSidecars(path)), told: "", place: path };
  }
  if (/\.(tar|tgz|tar\.gz)$/i.test(path))
    throw new UserError(
      `${path}: an archive of pictures needs a table of captions: give the table, and this as its images; or open it as a shard (openShards).`,
    );
  const { candidates, columns: found } = await readPairTable(path, { columns, where, header });
  const told = ` (${found.path}; ${found.captions.join(", ")})`;
  return { candidates, told, files: [path], place: images ?? dirname(path) };
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(path, error);
  });
  return found.isDirectory();
}
