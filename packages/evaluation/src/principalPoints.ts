import { tf } from "@nearfar/tensor";
import { valuesOf } from "./valuesOf.ts";

/**
 * Rows `[n, d]` on their first two principal components, `[n, 2]`: about their mean, by the directions of the largest variance.
 *
 * The directions are eigenvectors of the covariance, by power iteration and deflation from fixed starts; the first has no negative share of
 * `toward`, and the largest entry of the second is positive, so that the same rows give the same picture.
 */
export function principalPoints(rows: Float64Array, d: number, { toward }: { toward: Float64Array }): Float32Array {
  const n = rows.length / d;
  const mean = new Float64Array(d);
  rows.forEach((value, i) => (mean[i % d]! += value / n));
  const centred = Float32Array.from(rows, (value, i) => value - mean[i % d]!);
  const covariance = Float64Array.from(
    valuesOf(() => {
      const x = tf.tensor2d(centred, [n, d]);
      return tf.div(tf.matMul(x, x, true, false), n); // [d, d]
    }),
  );
  const first = direction(covariance, d);
  const second = direction(covariance, d);
  if (dot(first, toward) < 0) negate(first);
  const largest = second.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  if (largest < 0) negate(second);
  const points = new Float32Array(2 * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) {
      points[2 * i]! += centred[i * d + j]! * first[j]!;
      points[2 * i + 1]! += centred[i * d + j]! * second[j]!;
    }
  return points;
}

/** The eigenvector of the largest eigenvalue of a symmetric matrix, which is then taken out of it; zeros where there is none left. */
function direction(matrix: Float64Array, d: number): Float64Array {
  let vector = Float64Array.from({ length: d }, (_, j) => 1 / (j + 1)); // no symmetry that an eigenvector could stand across
  let value = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    const next = new Float64Array(d);
    for (let i = 0; i < d; i++) next[i] = dot(matrix.subarray(i * d, (i + 1) * d), vector);
    value = Math.sqrt(dot(next, next));
    if (value < TINY) return new Float64Array(d);
    for (let j = 0; j < d; j++) next[j]! /= value;
    const moved = 1 - dot(next, vector);
    vector = next;
    if (pass > 0 && moved < CONVERGED) break;
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) matrix[i * d + j]! -= value * vector[i]! * vector[j]!;
  return vector;
}

const PASSES = 1000;
const TINY = 1e-12; // beside rows of length 1: below float32's rounding
const CONVERGED = 1e-14;
function negate(vector: Float64Array): void {
  for (let j = 0; j < vector.length; j++) vector[j] = -vector[j]!;
}
function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}
