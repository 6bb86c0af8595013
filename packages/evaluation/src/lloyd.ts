import type { Vectors } from "@nearfar/formats";
import { checkVectors } from "@nearfar/search";
import { tf } from "@nearfar/tensor";

/** A clustering into as many clusters as there are centroids. */
export interface Clusters {
  /** The nearest centroid of each row, of equally near ones the first: `[n]`. */
  readonly assignments: Int32Array;
  /** The mean of each cluster's rows: `[c, d]`. */
  readonly centroids: Vectors;
  /** The sum of squared distances of the rows to their centroids. */
  readonly inertia: number;
  readonly iterations: number;
}

/**
 * k-means from given centroids: rows go to the nearest centroid, centroids to the mean of their rows, until no row moves.
 *
 * Vectors `[n, d]`, centroids `[c, d]`, Euclidean: normalise the rows to cluster by cosine. A cluster that loses all its rows takes the row
 * farthest from its centroid. Distances run on the engine in float32, sums in float64. Throws RangeError for malformed vectors or other
 * dimensions, or more centroids than rows.
 * Source: Lloyd 1982; sklearn.cluster.KMeans (`lloyd`, 300 iterations), here without its tolerance.
 */
export function lloyd(vectors: Vectors, centroids: Vectors, { iterations = 300 } = {}): Clusters {
  checkVectors("lloyd: vectors", vectors);
  checkVectors("lloyd: centroids", centroids);
  if (vectors.dimensions !== centroids.dimensions || centroids.rows > vectors.rows)
    throw new RangeError(
      `lloyd: centroids have the vectors' dimensions and are no more than they; got [${centroids.rows}, ${centroids.dimensions}] for [${vectors.rows}, ${vectors.dimensions}].`,
    );
  let [assignments, done, moved] = [assign(vectors, centroids), 0, true];
  for (; moved && done < iterations; done++) {
    centroids = means(vectors, fillEmpty(vectors, centroids, assignments), centroids.rows);
    const next = assign(vectors, centroids);
    moved = next.some((cluster, row) => cluster !== assignments[row]);
    assignments = next;
  }
  const inertia = squaredDistances(vectors, centroids, assignments).reduce((sum, distance) => sum + distance, 0);
  return { assignments, centroids, inertia, iterations: done };
}

/** Each row's nearest centroid: the largest `x·c - |c|² / 2`, in chunks of at most 64 MB. */
function assign({ rows, dimensions: d, data }: Vectors, centroids: Vectors): Int32Array {
  const assignments = new Int32Array(rows);
  const chunk = Math.max(1, Math.floor(2 ** 24 / Math.max(d, centroids.rows)));
  tf.tidy(() => {
    const centres = tf.tensor2d(centroids.data, [centroids.rows, d]);
    const half = tf.div(tf.sum(tf.square(centres), 1), 2); // [c]
    for (let start = 0; start < rows; start += chunk)
      tf.tidy(() => {
        const n = Math.min(chunk, rows - start);
        const x = tf.tensor2d(data.subarray(start * d, (start + n) * d), [n, d]);
        const nearness = tf.sub(tf.matMul(x, centres, false, true), half); // [n, c]
        assignments.set(tf.argMax(nearness, 1).dataSync(), start);
      });
  });
  return assignments;
}

/** Of each row to the centroid that it is assigned to. */
function squaredDistances({ rows, dimensions: d, data }: Vectors, centroids: Vectors, assignments: Int32Array) {
  return Float64Array.from({ length: rows }, (_, row) => {
    const offset = assignments[row]! * d - row * d;
    let sum = 0;
    for (let j = row * d; j < (row + 1) * d; j++) sum += (data[j]! - centroids.data[j + offset]!) ** 2;
    return sum;
  });
}

/** The assignments, in which each cluster without a row takes the row farthest from its centroid, out of a cluster that keeps others. */
function fillEmpty(vectors: Vectors, centroids: Vectors, assignments: Int32Array): Int32Array {
  const sizes = new Int32Array(centroids.rows);
  for (const cluster of assignments) sizes[cluster]!++;
  if (sizes.every((size) => size > 0)) return assignments;
  const distances = squaredDistances(vectors, centroids, assignments);
  const filled = assignments.slice();
  const farthest = Int32Array.from(assignments, (_, row) => row).sort((a, b) => distances[b]! - distances[a]!);
  let next = 0;
  sizes.forEach((size, cluster) => {
    if (size > 0) return;
    while (sizes[filled[farthest[next]!]!]! < 2) next++;
    sizes[filled[farthest[next]!]!]!--;
    sizes[cluster] = 1;
    filled[farthest[next++]!] = cluster;
  });
  return filled;
}

function means({ rows, dimensions: d, data }: Vectors, assignments: Int32Array, count: number): Vectors {
  const sums = new Float64Array(count * d);
  const sizes = new Float64Array(count);
  for (let row = 0; row < rows; row++) {
    const cluster = assignments[row]!;
    sizes[cluster]!++;
    for (let j = 0; j < d; j++) sums[cluster * d + j]! += data[row * d + j]!;
  }
  const mean = Float32Array.from(sums, (sum, i) => sum / sizes[Math.floor(i / d)]!);
  return { rows: count, dimensions: d, data: mean };
}
