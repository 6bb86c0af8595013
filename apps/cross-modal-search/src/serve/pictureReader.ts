import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { readSource, type ImageSource } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import sharp from "sharp";

/**
 * Reads a source's pictures as encoded bytes; those that are stored as pixels become PNG.
 *
 * A file that has meanwhile become a link which leads out of the folder is not followed: UserError, as for one that is gone.
 */
export function pictureReader(source: ImageSource): (index: number) => Promise<Uint8Array> {
  return async (index) => {
    if (source.kind === "files") await checkInside(source.root, source.paths[index] ?? "");
    const picture = await readSource(source, index);
    if (picture instanceof Uint8Array) return picture;
    const { width, height, data } = picture;
    return sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
  };
}

async function checkInside(root: string, path: string): Promise<void> {
  const real = await realpath(join(root, path)).catch(() => undefined);
  if (!real?.startsWith((await realpath(root)) + sep))
    throw new UserError(`${path}: is not in its folder any more. Start the server again.`);
}
