import { checkVectors } from "@nearfar/search";
import { eigenvalues } from "./eigenvalues.ts";
import { unitRows } from "./unitRows.ts";
import type { Vectors } from "@nearfar/formats";

/** How far embeddings fill their space. */
export interface Collapse {
  /** The mean over dimensions of the standard deviation of the embeddings, each brought to length 1: 0 when all are one. */
  readonly deviation: number;
  /** What `deviation` is when embeddings point everywhere: 1/√d. */
  readonly expected: number;
  /** How many directions carry the variance: 1 for a line, d when all carry the same, 0 where there is no variance. */
  readonly effectiveRank: number;
}

/**
 * Deviation and effective rank of embeddings `[n, d]`, the two signs of collapse, in float64.
 *
 * `deviation = mean_j std_i(z_ij)`, z of length 1, the std unbiased; `effectiveRank = exp(-Σ_j p_j ln p_j)`, p the eigenvalues of z's
 * covariance divided by their sum (at most n - 1). About n d min(n, d) + min(n, d)³ operations: a thousand rows are enough.
 * Throws RangeError for fewer than two rows or malformed vectors.
 * Source: Chen and He 2021, section 4.1 (lightly's `std_of_l2_normalized`); Roy and Vetterli 2007, definition 1.
 */
export function collapse(z: Vectors): Collapse {
  checkVectors("collapse", z);
  const { rows: n, dimensions: d } = z;
  if (n < 2) throw new RangeError(`collapse: there are at least two rows; got ${n}.`);
  const centred = centre(unitRows(z), n, d); // [n, d]
  let deviation = 0;
  for (let j = 0; j < d; j++) {
    let squares = 0;
    for (let i = 0; i < n; i++) squares += centred[i * d + j]! ** 2;
    deviation += Math.sqrt(squares / (n - 1)) / d;
  }
  return { deviation, expected: 1 / Math.sqrt(d), effectiveRank: effectiveRank(centred, n, d) };
}

function centre(z: Float64Array, n: number, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < z.length; i++) mean[i % d]! += z[i]! / n;
  return z.map((value, i) => value - mean[i % d]!);
}

function effectiveRank(centred: Float64Array, n: number, d: number): number {
  // The covariance [d, d] and the products between rows [n, n] have the same eigenvalues but for zeros: take the smaller.
  const spectrum =
    d <= n ? eigenvalues(products(transposed(centred, n, d), d, n), d) : eigenvalues(products(centred, n, d), n);
  const total = spectrum.reduce((sum, value) => sum + Math.max(0, value), 0);
  if (total < n * 1e-12) return 0; // below float32's rounding of equal rows
  const entropy = spectrum.reduce(
    (sum, value) => sum + (value > 0 ? -(value / total) * Math.log(value / total) : 0),
    0,
  );
  return Math.exp(entropy);
}

/** The lower triangle of `x xᵀ`, x `[rows, columns]`: `[rows, rows]`. */
function products(x: Float64Array, rows: number, columns: number): Float64Array {
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    const a = x.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j <= i; j++) {
      const b = x.subarray(j * columns, (j + 1) * columns);
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += a[k]! * b[k]!;
      gram[i * rows + j] = sum;
    }
  }
  return gram;
}

function transposed(x: Float64Array, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(x.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = x[i * columns + j]!;
  return turned;
}
