import type { Vectors } from "@nearfar/formats";
import { flatIndex } from "@nearfar/search";

/** A picture that was found; the score is the cosine. */
export interface PictureHit {
  readonly id: number;
  readonly score: number;
}

export interface PictureIndex {
  /** Those at place `from` and after, at most k, nearest first, without the picture `except`. */
  find(vector: Float32Array, range: { k: number; from: number; except?: number }): Promise<PictureHit[]>;
}

/**
 * Finds pictures by cosine among their vectors, `[n, d]`: exactly where the vectors take at most 32 MB, and else by int8, a fourth of the
 * memory to scan, the cosines of the best then computed in full.
 */
export function pictureIndex(vectors: Vectors): PictureIndex {
  const { rows, dimensions } = vectors;
  const index = flatIndex(vectors, { dtype: rows * dimensions <= EXACT ? "float32" : "int8" });
  return {
    async find(vector, { k, from, except }) {
      const most = Math.min(rows, from + k + (except === undefined ? 0 : 1));
      if (from >= most) return [];
      const { indices, scores } = await index.search({ rows: 1, dimensions, data: vector }, most);
      const hits = Array.from(indices, (id, at) => ({ id, score: scores[at]! }));
      return hits.filter(({ id }) => id !== except).slice(from, from + k);
    },
  };
}

const EXACT = 2 ** 23;
