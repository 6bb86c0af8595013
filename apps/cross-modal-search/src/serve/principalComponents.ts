import type { Vectors } from "@nearfar/formats";
import { uniforms, type Key } from "@nearfar/random";

/**
 * The rows in the coordinates of their `count` directions of most variance, `[n, d] -> [n, count]`, those of most first.
 *
 * Orthogonal iteration on the centered rows' covariance, `Q <- orthonormal(X' X Q)` (Golub and Van Loan, Matrix Computations, 8.2.4), from
 * random directions: enough rounds for a map, in which near-equal directions may stay mixed.
 */
export function principalComponents(key: Key, { rows, dimensions, data }: Vectors, count: number): Vectors {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < data.length; i++) mean[i % dimensions]! += data[i]! / rows;
  const centered = data.map((value, i) => value - mean[i % dimensions]!);
  let directions = Float64Array.from(uniforms(key, count * dimensions, { min: -1 })); // [count, d]
  orthonormalize(directions, dimensions);
  const scores = new Float32Array(rows * count); // [n, count]
  for (let round = 0; round <= ROUNDS; round++) {
    const next = new Float64Array(directions.length);
    for (let row = 0; row < rows; row++)
      for (let c = 0; c < count; c++) {
        let sum = 0;
        for (let j = 0; j < dimensions; j++) sum += centered[row * dimensions + j]! * directions[c * dimensions + j]!;
        scores[row * count + c] = sum;
        for (let j = 0; j < dimensions; j++) next[c * dimensions + j]! += sum * centered[row * dimensions + j]!;
      }
    if (round === ROUNDS) break;
    directions = next;
    orthonormalize(directions, dimensions);
  }
  return { rows, dimensions: count, data: scores };
}

const ROUNDS = 12;

/** Gram and Schmidt's, twice for the rounding's sake; a direction of which nothing is left becomes zeros. */
function orthonormalize(directions: Float64Array, width: number): void {
  for (let at = 0; at < directions.length; at += width) {
    const own = directions.subarray(at, at + width);
    const before = Math.sqrt(dot(own, own));
    for (let twice = 0; twice < 2; twice++)
      for (let other = 0; other < at; other += width) {
        const earlier = directions.subarray(other, other + width);
        const along = dot(own, earlier);
        for (let j = 0; j < width; j++) own[j]! -= along * earlier[j]!;
      }
    const length = Math.sqrt(dot(own, own));
    const scale = length > 1e-9 * before ? 1 / length : 0;
    for (let j = 0; j < width; j++) own[j]! *= scale;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
