import { stat } from "node:fs/promises";
import { openPairs, type OpenPairsOptions } from "@nearfar/data";
import { fileError, UserError } from "@nearfar/formats";
import { openPictureSet } from "../openPictureSet.ts";
import type { GallerySource } from "./openGallery.ts";

/**
 * What `--images` names: a folder of pictures (with a `.txt` or `.json` beside those that have captions), an archive, icon sets
 * (`icons:lucide`), or a table of pairs, whose pictures `options` say where to find.
 *
 * A picture without a caption is one as well. UserError for what cannot be opened.
 */
export async function openGallerySource(path: string, options: OpenPairsOptions = {}): Promise<GallerySource> {
  if (TABLE.test(path)) return openPairs(path, options);
  if (Object.keys({ ...options.columns, ...options.where }).length > 0 || options.images !== undefined)
    throw new UserError(`${path}: --pictures, --column and --where are of a table of pairs; this is none.`);
  const set = await openPictureSet(path);
  if (path.startsWith("icons:") || !(await isFolder(path))) return set;
  const captions = await sidecars(path);
  return { ...set, items: set.items.map((item) => ({ ...item, captions: captions.get(item.path) ?? item.captions })) };
}

const TABLE = /\.(csv|tsv|jsonl|ndjson|parquet)(\.gz)?$/i;

/** Captions by picture, of those that have any. */
async function sidecars(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const set = await openPairs(folder, { onDamaged: "skip", mostDamaged: 1 }).catch((error: unknown) => {
    if (error instanceof UserError) return undefined; // none has
    throw error;
  });
  return new Map(set?.items.map(({ path, captions }) => [path, captions]));
}

async function isFolder(path: string): Promise<boolean> {
  if (path.includes("#")) return false; // a folder inside an archive
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(path, error);
  });
  return found.isDirectory();
}
