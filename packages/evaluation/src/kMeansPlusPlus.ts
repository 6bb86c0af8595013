import type { Vectors } from "@nearfar/formats";
import { integer, uniform, type Key } from "@nearfar/random";
import { tf, type Tensor2D } from "@nearfar/tensor";
import { takeRows } from "./takeRows.ts";
import { valuesOf } from "./valuesOf.ts";

/**
 * Rows that lie far apart, as the first centroids of k-means: `[count, d]` of vectors `[n, d]`, count at most n.
 *
 * The first row is drawn evenly. For each next one, 2 + ⌊ln count⌋ candidates are drawn with a chance in proportion to the squared distance
 * to the nearest centroid so far, and the one that leaves the smallest sum of those is taken.
 * Source: Arthur and Vassilvitskii 2007, with the candidates of their section 5, as scikit-learn's `kmeans_plusplus`.
 */
export function kMeansPlusPlus(key: Key, vectors: Vectors, count: number): Vectors {
  const { rows: n, dimensions: d, data } = vectors;
  const trials = 2 + Math.floor(Math.log(count));
  const norms = Float64Array.from({ length: n }, (_, row) =>
    data.subarray(row * d, (row + 1) * d).reduce((sum, value) => sum + value * value, 0),
  );
  const x = tf.tensor2d(data, [n, d]);
  try {
    const chosen = [integer(key.fold("first"), n)];
    let nearest = distancesTo(x, vectors, { norms, rows: chosen })[0]!;
    while (chosen.length < count) {
      const rows = draw(key.fold(chosen.length), nearest, trials);
      const nearer = distancesTo(x, vectors, { norms, rows }).map((distances) =>
        distances.map((distance, row) => Math.min(distance, nearest[row]!)),
      );
      const sums = nearer.map((distances) => distances.reduce((sum, distance) => sum + distance, 0));
      const best = sums.indexOf(Math.min(...sums));
      chosen.push(rows[best]!);
      nearest = nearer[best]!;
    }
    return takeRows(vectors, chosen);
  } finally {
    x.dispose();
  }
}

/** The squared distances of all rows to each of the given rows. */
function distancesTo(x: Tensor2D, vectors: Vectors, { norms, rows }: { norms: Float64Array; rows: number[] }) {
  const products = valuesOf(() => {
    const candidates = tf.tensor2d(takeRows(vectors, rows).data, [rows.length, vectors.dimensions]);
    return tf.matMul(candidates, x, false, true); // [candidates, n]
  });
  return rows.map((candidate, i) =>
    norms.map((norm, row) => Math.max(0, norm + norms[candidate]! - 2 * products[i * norms.length + row]!)),
  );
}

/** Rows drawn with chances in proportion to the weights; evenly where all weights are 0, which is where rows repeat each other. */
function draw(key: Key, weights: Float64Array, count: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: count }, (_, counter) => {
    if (total === 0) return integer(key, weights.length, { counter });
    let left = uniform(key, { max: total, counter });
    const row = weights.findIndex((weight) => (left -= weight) < 0);
    return row === -1 ? weights.length - 1 : row; // the sum's rounding
  });
}
