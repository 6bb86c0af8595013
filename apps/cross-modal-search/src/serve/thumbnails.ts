import sharp from "sharp";
import { leastRecentlyUsed } from "./leastRecentlyUsed.ts";
import { workQueue } from "./workQueue.ts";

export interface ThumbnailsOptions {
  /** The longer side in pixels; a smaller picture stays as it is. */
  readonly side?: number;
  /** The most bytes that are kept in memory. */
  readonly cacheBytes?: number;
  readonly maxPixels?: number;
}

/**
 * Small WebP pictures by id, upright, made when they are first asked for, two at a time, and kept while there is room.
 *
 * sharp's error for a picture that cannot be decoded or has more than `maxPixels`; `ApiError` 429 where 1,000 wait.
 */
export function thumbnails(
  read: (id: number) => Promise<Uint8Array>,
  { side = 320, cacheBytes = 64e6, maxPixels = 64e6 }: ThumbnailsOptions = {},
): (id: number, signal?: AbortSignal) => Promise<Uint8Array<ArrayBuffer>> {
  const made = leastRecentlyUsed<Uint8Array<ArrayBuffer>>(cacheBytes, ({ length }) => length);
  const queue = workQueue({ atOnce: 2, most: 1_000 });
  return async (id, signal) =>
    made.get(`${id}`) ??
    queue.run(async () => {
      const before = made.get(`${id}`); // made while this one waited
      if (before) return before;
      const { data } = await sharp(await read(id), { limitInputPixels: maxPixels, sequentialRead: true })
        .autoOrient()
        .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
        .webp({ quality: 82 })
        .toBuffer({ resolveWithObject: true });
      const picture = new Uint8Array(data); // a copy: what sharp gives may be a view of more
      made.set(`${id}`, picture);
      return picture;
    }, signal);
}
