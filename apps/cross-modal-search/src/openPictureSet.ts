import { openImages, openPairs } from "@nearfar/data";
import { drawnIcons } from "./drawnIcons.ts";
import type { GallerySource } from "./serve/openGallery.ts";

/** Pictures to be searched, embedded or classified: with their classes, where each lies in a folder of its class. */
export interface PictureSet extends GallerySource {
  /** The class of each picture; empty where they have none. */
  readonly labels: readonly string[];
}

/** The pictures of a folder or an archive, or icon sets (`icons:lucide`), whose tags are their captions. */
export async function openPictureSet(path: string): Promise<PictureSet> {
  if (path.startsWith("icons:")) return { ...(await drawnIcons(path, await openPairs(path))), labels: [] };
  const { name, items, labels, source } = await openImages(path);
  return {
    name,
    items: items.map((item) => ({ path: item.path, captions: [] })),
    labels: labels.length > 0 ? items.map(({ label }) => label!) : [],
    source,
    // A folder's pictures are told apart by themselves.
    files: source.kind === "files" ? [] : [path.replace(/#[^#/]*$/, "")],
  };
}
