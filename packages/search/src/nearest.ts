import { UserError } from "@nearfar/formats";
import { normalize, tf } from "@nearfar/tensor";
import { checkVectors } from "./checkVectors.ts";
import type { Vectors } from "@nearfar/formats";

/** The k nearest of each query, nearest first: `indices` into the gallery and their cosines `scores`, both `[queries, k]` row-major. */
export interface Neighbours {
  readonly k: number;
  readonly indices: Int32Array;
  readonly scores: Float32Array;
}

/**
 * The k rows of the gallery with the largest cosine to each query, exactly; of equal ones, those that stand first.
 *
 * Queries `[n, d]`, gallery `[m, d]`; works in chunks of queries of at most 64 MB of cosines. A row of zeros has cosine 0 to all.
 * Throws UserError for a k above m, RangeError for malformed vectors.
 */
export function nearest(queries: Vectors, gallery: Vectors, k: number): Neighbours {
  checkVectors("nearest: queries", queries);
  checkVectors("nearest: gallery", gallery);
  const { rows, dimensions, data } = queries;
  if (dimensions !== gallery.dimensions)
    throw new RangeError(
      `nearest: queries and gallery have the same dimensions; got ${dimensions} and ${gallery.dimensions}. Are they of one encoder?`,
    );
  if (!Number.isInteger(k) || k < 1) throw new UserError(`nearest: k is a whole number from 1; got ${k}.`);
  if (k > gallery.rows)
    throw new UserError(
      `nearest: k is at most the number of examples searched; got k ${k} and ${gallery.rows} examples. Lower k or add examples.`,
    );
  const indices = new Int32Array(rows * k);
  const scores = new Float32Array(rows * k);
  const chunk = Math.max(1, Math.floor(CHUNK / gallery.rows));
  tf.tidy(() => {
    const candidates = normalize(tf.tensor2d(gallery.data, [gallery.rows, dimensions])); // [m, d]
    for (let start = 0; start < rows; start += chunk)
      tf.tidy(() => {
        const n = Math.min(chunk, rows - start);
        const part = tf.tensor2d(data.subarray(start * dimensions, (start + n) * dimensions), [n, dimensions]);
        const best = tf.topk(tf.matMul(normalize(part), candidates, false, true), k); // [n, k]
        indices.set(best.indices.dataSync(), start * k);
        scores.set(best.values.dataSync(), start * k);
      });
  });
  return { k, indices, scores };
}

const CHUNK = 2 ** 24;
