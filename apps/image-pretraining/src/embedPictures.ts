import { writeVectors, type VectorRow } from "@nearfar/formats";
import type { UnreadableItem } from "@nearfar/data";
import { encodePictures } from "./encodePictures.ts";
import { loadEncoder } from "./loadEncoder.ts";
import { openPictures } from "./openPictures.ts";

/** Writes one vector per picture, in the order of the paths, as JSON Lines, parquet or npy by the file's ending; returns what was written. */
export async function embedPictures(
  dir: string,
  images: string,
  out: string,
  { workers = 1 }: { workers?: number } = {},
): Promise<{ rows: number; dimensions: number; unreadable: readonly UnreadableItem[] }> {
  const unreadable: UnreadableItem[] = [];
  let dimensions = 0;
  // Everything happens while writing, so that a file that cannot be written is told before the work and not after it.
  async function* vectors(): AsyncGenerator<VectorRow> {
    const { encoder, trained, size } = await loadEncoder(dir);
    const { set, unreadable: left } = await openPictures(images, workers);
    const encoded = await encodePictures(set, { encoder, params: trained }, { size, workers });
    unreadable.push(...left, ...encoded.unreadable);
    ({ dimensions } = encoded);
    for (const [row, index] of encoded.indices.entries())
      yield {
        id: set.items[index]!.path,
        vector: encoded.data.subarray(row * dimensions, (row + 1) * dimensions),
      };
  }
  const rows = await writeVectors(out, vectors());
  return { rows, dimensions, unreadable };
}
