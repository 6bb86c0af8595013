import type { UnreadableItem } from "@nearfar/data";
import { UserError, type Vectors } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";

export interface PictureVectorsOptions {
  /** Told how many pictures are done. */
  readonly progress?: (done: number) => void;
  readonly batch?: number;
}

/** Vectors of pictures: row i is of picture `kept[i]`. */
export interface PictureVectors {
  readonly vectors: Vectors;
  readonly kept: Int32Array;
}

/**
 * Encodes `paths.length` pictures, `[n, d]`; those that cannot be read are left out and named in `unreadable`.
 *
 * A batch that the model's reader refuses is encoded again picture by picture. UserError where none can be read.
 */
export async function pictureVectors(
  towers: TwoTowers,
  paths: readonly string[],
  read: (index: number) => Promise<Uint8Array>,
  { progress, batch = 32 }: PictureVectorsOptions = {},
): Promise<PictureVectors & { unreadable: readonly UnreadableItem[] }> {
  const { dimensions } = towers;
  const data = new Float32Array(paths.length * dimensions);
  const kept: number[] = [];
  const unreadable: UnreadableItem[] = [];
  const encode = async (indices: readonly number[]): Promise<void> => {
    try {
      const { data: rows } = await towers.encodePictures(await Promise.all(indices.map(read)));
      data.set(rows, kept.length * dimensions);
      kept.push(...indices);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (indices.length > 1) for (const index of indices) await encode([index]);
      else unreadable.push({ path: paths[indices[0]!]!, reason: error.message });
    }
  };
  for (let from = 0; from < paths.length; from += batch) {
    const end = Math.min(paths.length, from + batch);
    await encode(Array.from({ length: end - from }, (_, i) => from + i));
    progress?.(end);
  }
  if (kept.length === 0)
    throw new UserError(
      `None of the ${paths.length} pictures can be read: ${unreadable[0]?.path} (${unreadable[0]?.reason}).`,
    );
  const vectors = { rows: kept.length, dimensions, data: data.subarray(0, kept.length * dimensions) };
  return { vectors, kept: Int32Array.from(kept), unreadable };
}
