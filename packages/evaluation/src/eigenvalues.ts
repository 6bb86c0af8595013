/**
 * The eigenvalues of a real symmetric `[n, n]` matrix, row-major, largest first. `matrix` is used up as working space.
 *
 * Householder's reduction to tridiagonal form, then QL with implicit shifts, in float64: about 4/3 n³ operations.
 * Throws RangeError where the length is not n² or a number is not finite.
 * Source: Martin, Reinsch and Wilkinson 1968 (`tred1`); Martin and Wilkinson 1968 (`imtql1`), Numerische Mathematik 11 and 12.
 */
export function eigenvalues(matrix: Float64Array, n: number): Float64Array {
  if (matrix.length !== n * n)
    throw new RangeError(`eigenvalues: the matrix is [${n}, ${n}]; got ${matrix.length} numbers.`);
  const largest = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest)) throw new RangeError(`eigenvalues: all numbers are finite; got ${largest}.`);
  if (largest === 0) return new Float64Array(n);
  for (let i = 0; i < matrix.length; i++) matrix[i]! /= largest; // so that no square overflows
  const { diagonal, below } = tridiagonal(matrix, n);
  for (let l = 0; l < n; l++) deflate(diagonal, below, l);
  return diagonal
    .map((value) => value * largest)
    .sort()
    .reverse();
}

/** Householder's reduction from the last row upward; `below[i]` is the entry between i and i + 1. */
function tridiagonal(a: Float64Array, n: number): { diagonal: Float64Array; below: Float64Array } {
  const diagonal = new Float64Array(n);
  const below = new Float64Array(n);
  const p = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    const u = a.subarray(i * n, i * n + i); // row i left of the diagonal, turned into the reflector's vector
    const length = norm(u);
    diagonal[i] = a[i * n + i]!;
    below[i - 1] = u[i - 1]! > 0 ? -length : length; // the sign that avoids cancellation
    if (length < TINY) {
      below[i - 1] = 0;
      continue;
    }
    u[i - 1]! -= below[i - 1]!;
    const h = dot(u, u) / 2;
    symmetricProduct(a, n, u, p); // p = A u / h
    const half = dot(u, p) / (2 * h * h);
    for (let j = 0; j < i; j++) p[j] = p[j]! / h - half * u[j]!;
    for (let j = 0; j < i; j++) {
      const row = a.subarray(j * n, j * n + j + 1);
      for (let k = 0; k <= j; k++) row[k]! -= u[j]! * p[k]! + p[j]! * u[k]!; // A - u pᵀ - p uᵀ
    }
  }
  diagonal[0] = a[0]!;
  return { diagonal, below };
}

/** `p = A u`, reading only the lower triangle of A. */
function symmetricProduct(a: Float64Array, n: number, u: Float64Array, p: Float64Array): void {
  p.fill(0);
  for (let j = 0; j < u.length; j++) {
    const row = a.subarray(j * n, j * n + j + 1);
    let sum = 0;
    for (let k = 0; k < j; k++) {
      sum += row[k]! * u[k]!;
      p[k]! += row[k]! * u[j]!;
    }
    p[j]! += sum + row[j]! * u[j]!;
  }
}

/** QL sweeps until entry l of the diagonal is an eigenvalue. */
function deflate(d: Float64Array, e: Float64Array, l: number): void {
  for (let sweep = 0; ; sweep++) {
    let m = l;
    while (m < d.length - 1 && Math.abs(e[m]!) > Number.EPSILON * (Math.abs(d[m]!) + Math.abs(d[m + 1]!))) m++;
    if (m === l) return;
    if (sweep === SWEEPS) throw new Error(`eigenvalues: QL did not converge in ${SWEEPS} sweeps.`);
    const slope = (d[l + 1]! - d[l]!) / (2 * e[l]!);
    let g = d[m]! - d[l]! + e[l]! / (slope + Math.sign(slope || 1) * Math.hypot(slope, 1)); // Wilkinson's shift
    let [s, c, p] = [1, 1, 0];
    let i = m - 1;
    for (; i >= l; i--) {
      const [f, b] = [s * e[i]!, c * e[i]!];
      const r = Math.hypot(f, g);
      e[i + 1] = r;
      if (r === 0) {
        d[i + 1]! -= p;
        break;
      }
      [s, c] = [f / r, g / r];
      const gap = d[i + 1]! - p;
      const turn = (d[i]! - gap) * s + 2 * c * b;
      p = s * turn;
      d[i + 1] = gap + p;
      g = c * turn - b;
    }
    e[m] = 0;
    if (i >= l) continue;
    d[l]! -= p;
    e[l] = g;
  }
}

const SWEEPS = 60; // two are usual
const TINY = 1e-30; // beside a largest entry of 1; its square is not yet subnormal
const norm = (x: Float64Array) => Math.sqrt(dot(x, x));
function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}
