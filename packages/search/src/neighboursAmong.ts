import { UserError, type Vectors } from "@nearfar/formats";
import { nearest, type Neighbours } from "./nearest.ts";

/**
 * The k nearest of each row among all the other rows, exactly: `nearest` without the row itself. `[n, k]`
 *
 * Works on the engine in blocks of 64 MB of cosines. Throws as `nearest`, and UserError for a k that the other rows do not suffice for.
 */
export function neighboursAmong(vectors: Vectors, k: number): Neighbours {
  if (k >= vectors.rows)
    throw new UserError(
      `neighboursAmong: k is at most the number of other rows; got k ${k} and ${vectors.rows} rows. Lower k.`,
    );
  const found = nearest(vectors, vectors, k + 1);
  const indices = new Int32Array(vectors.rows * k);
  const scores = new Float32Array(vectors.rows * k);
  for (let row = 0; row < vectors.rows; row++) {
    const from = row * (k + 1);
    // The row itself, or what it is equal to in its place: then k + 1 others are no farther, and the last of them goes.
    const own = found.indices.subarray(from, from + k).indexOf(row);
    for (let at = 0; at < k; at++) {
      const source = from + at + (own !== -1 && at >= own ? 1 : 0);
      indices[row * k + at] = found.indices[source]!;
      scores[row * k + at] = found.scores[source]!;
    }
  }
  return { k, indices, scores };
}
