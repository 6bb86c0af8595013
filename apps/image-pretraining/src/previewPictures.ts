import { readSource } from "@nearfar/data";
import { UserError, writeFileAtomic, type Image } from "@nearfar/formats";
import { contactSheet, decodeImage, simclrViews } from "@nearfar/image-augmentation";
import { key, permutation } from "@nearfar/random";
import { openPictures } from "./openPictures.ts";
import type { Settings } from "./settings.ts";
import { whole } from "./whole.ts";

export interface PreviewOptions {
  readonly pictures?: number;
  readonly views?: number;
}

/** Writes a sheet (PNG): a row a picture, first itself, then the views that a training with these settings would see. */
export async function previewPictures(
  images: string,
  out: string,
  settings: Pick<Settings, "seed" | "size" | "views">,
  { pictures = 8, views = 8 }: PreviewOptions = {},
): Promise<void> {
  if (!/\.png$/i.test(out)) throw new UserError(`${out}: a sheet is written as PNG. Give an --out that ends in .png.`);
  const { set } = await openPictures(images, 0);
  const root = key(settings.seed).fold("preview");
  const augment = simclrViews({ ...settings.views, size: settings.size, views });
  const rows: Image[][] = [];
  for (const index of permutation(root.fold("choice"), set.items.length)) {
    if (rows.length === pictures) break;
    const image = await readable(set.source, index);
    if (image) rows.push([whole(image, settings.size), ...augment(root.fold(index), image)]);
  }
  if (rows.length === 0) throw new UserError(`${images}: none of its pictures can be read. Repair or remove them.`);
  await writeFileAtomic(out, await contactSheet(rows));
}

async function readable(source: Parameters<typeof readSource>[0], index: number): Promise<Image | undefined> {
  try {
    const read = await readSource(source, index);
    return read instanceof Uint8Array ? await decodeImage(read) : read;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
