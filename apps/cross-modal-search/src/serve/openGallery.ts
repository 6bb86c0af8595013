import { createHash } from "node:crypto";
import { join } from "node:path";
import { filesFingerprint, type PairItem, type PairSet } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";
import { unreadableText } from "../unreadableText.ts";
import type { Gallery } from "./gallery.ts";
import { pictureReader } from "./pictureReader.ts";
import { pictureVectors } from "./pictureVectors.ts";
import { vectorCache } from "./vectorCache.ts";

export interface OpenGalleryOptions {
  /** A folder in which the vectors are kept for the next time. */
  readonly cache?: string;
  /** What tells this model from others (`modelFingerprint`). */
  readonly model: string;
  /** Told how many of all pictures are encoded. */
  readonly progress?: (done: number, total: number) => void;
  readonly say?: (line: string) => void;
}

/** What a gallery is made of: pictures, with captions or without. */
export type GallerySource = Pick<PairSet, "name" | "items" | "source" | "files">;

/**
 * Pictures with their vectors: from the cache where it has them of just these files and this model, else encoded now and kept there.
 *
 * Pictures that cannot be read are left out, counted and named by `say`. UserError where none can be read.
 */
export async function openGallery(
  towers: TwoTowers,
  { name, items, source, files }: GallerySource,
  { cache, model, progress, say = () => {} }: OpenGalleryOptions,
): Promise<Gallery> {
  const read = pictureReader(source);
  const pictures = source.kind === "files" ? source.paths.map((path) => join(source.root, path)) : [];
  const version = shortHash(await filesFingerprint([...new Set([...files, ...pictures])], [model, items.map(pathOf)]));
  const store = cache === undefined ? undefined : vectorCache(cache, version);
  let found = await store?.read(items.length, towers.dimensions);
  if (found) say(`${found.kept.length} vectors of pictures from ${store!.path}`);
  else {
    const encoded = await pictureVectors(towers, items.map(pathOf), read, {
      progress: (done) => progress?.(done, items.length),
    });
    if (encoded.unreadable.length > 0) say(unreadableText(encoded.unreadable, items.length));
    await store?.write(encoded).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      say(`The vectors are not kept for the next time: ${error.message}`);
    });
    found = encoded;
  }
  const { kept, vectors } = found;
  const shown = Array.from(kept, (index) => items[index]!);
  return {
    name,
    version,
    vectors,
    pictures: shown.map(({ path, captions }) => ({ path, captions })),
    read: (id) => read(kept[id]!),
  };
}

const pathOf = ({ path }: PairItem): string => path;

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
