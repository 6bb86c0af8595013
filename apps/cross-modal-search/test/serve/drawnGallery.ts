import { join } from "node:path";
import { openImages } from "@nearfar/data";
import type { TwoTowers } from "@nearfar/runs";
import type { Gallery } from "../../src/serve/gallery.ts";
import { openGallery } from "../../src/serve/openGallery.ts";
import { drawnPictures, writeDrawnPictures } from "./drawnPictures.ts";

/** The drawn pictures in a folder, `pictures` below the given one, as a gallery with captions. */
export async function drawnGallery(towers: TwoTowers, folder: string): Promise<Gallery> {
  const path = join(folder, "pictures");
  await writeDrawnPictures(path);
  const captions = new Map((await drawnPictures()).map((one) => [one.path, one.caption]));
  const { name, items, source } = await openImages(path);
  const captioned = items.map((item) => ({ path: item.path, captions: [captions.get(item.path)!] }));
  return openGallery(towers, { name, items: captioned, source, files: [] }, { model: "stub" });
}
