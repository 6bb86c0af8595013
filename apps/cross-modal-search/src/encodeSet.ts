import type { PairItem } from "@nearfar/data";
import type { TwoTowers } from "@nearfar/runs";
import type { GallerySource } from "./serve/openGallery.ts";
import { pictureReader } from "./serve/pictureReader.ts";
import { pictureVectors, type PictureVectors } from "./serve/pictureVectors.ts";
import { unreadableText } from "./unreadableText.ts";

export interface EncodeSetOptions {
  readonly progress?: (done: number, total: number, label: string) => void;
  readonly say?: (line: string) => void;
}

/** Vectors of a set's pictures, and how many could not be read: those are left out, counted and named by `say`. UserError where none can be. */
export async function encodeSet(
  towers: TwoTowers,
  { items, source }: Pick<GallerySource, "items" | "source">,
  { progress, say = () => {} }: EncodeSetOptions = {},
): Promise<PictureVectors & { unreadable: number }> {
  const { unreadable, ...found } = await pictureVectors(towers, items.map(pathOf), pictureReader(source), {
    progress: (done) => progress?.(done, items.length, "pictures"),
  });
  if (unreadable.length > 0) say(unreadableText(unreadable, items.length));
  return { ...found, unreadable: unreadable.length };
}

const pathOf = ({ path }: PairItem): string => path;
