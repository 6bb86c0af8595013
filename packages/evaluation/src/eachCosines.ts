import type { Vectors } from "@nearfar/formats";
import { normalize, tf } from "@nearfar/tensor";
import { valuesOf } from "./valuesOf.ts";

/**
 * Shows `visit` the cosines of each query to the whole gallery, `[m]`, row by row; the array is good until the next call.
 *
 * Queries `[n, d]`, gallery `[m, d]`. Works on the engine in chunks of queries of at most 16 MB of cosines, so that the `[n, m]` never stand
 * in memory together.
 */
export function eachCosines(
  queries: Vectors,
  gallery: Vectors,
  visit: (query: number, cosines: Float32Array) => void,
): void {
  const { rows, dimensions, data } = queries;
  const m = gallery.rows;
  const chunk = Math.max(1, Math.floor(CHUNK / m));
  const candidates = tf.tidy(() => normalize(tf.tensor2d(gallery.data, [m, dimensions]))); // [m, d]
  try {
    for (let start = 0; start < rows; start += chunk) {
      const n = Math.min(chunk, rows - start);
      const part = data.subarray(start * dimensions, (start + n) * dimensions);
      const cosines = valuesOf(() => tf.matMul(normalize(tf.tensor2d(part, [n, dimensions])), candidates, false, true)); // [n, m]
      for (let row = 0; row < n; row++) visit(start + row, cosines.subarray(row * m, (row + 1) * m));
    }
  } finally {
    candidates.dispose();
  }
}

const CHUNK = 2 ** 22;
