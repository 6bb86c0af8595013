/** Mean, variance and extremes. */
export function moments(values: ArrayLike<number>): {
  mean: number;
  variance: number;
  least: number;
  greatest: number;
} {
  let [sum, squares, least, greatest] = [0, 0, Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    [sum, squares, least, greatest] = [
      sum + value,
      squares + value * value,
      Math.min(least, value),
      Math.max(greatest, value),
    ];
  }
  const mean = sum / values.length;
  return { mean, variance: squares / values.length - mean * mean, least, greatest };
}

/** Σ (observed - expected)² / expected over equally likely cells: about cells - 1, with deviation √(2 (cells - 1)). */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Five deviations above the mean of a chi-square with this many cells: a true distribution exceeds it once in a hundred thousand keys. */
export const chiSquareBound = (cells: number) => cells - 1 + 5 * Math.sqrt(2 * (cells - 1));
