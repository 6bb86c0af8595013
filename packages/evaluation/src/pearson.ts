/**
 * Pearson's correlation of two lists of equal length, -1 to 1, in float64; NaN where one of them is constant, as in SciPy.
 *
 * `Σ (a_i - ā)(b_i - b̄) / √(Σ (a_i - ā)² Σ (b_i - b̄)²)`. Throws RangeError for fewer than two numbers, unequal lengths or a number that is
 * not finite.
 * Source: scipy.stats.pearsonr.
 */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length < 2)
    throw new RangeError(
      `pearson: both lists have the same length, at least 2; got ${a.length} and ${b.length}. Is there one score per pair?`,
    );
  const [x, y] = [centred(a), centred(b)];
  const scale = Math.sqrt(dot(x, x)) * Math.sqrt(dot(y, y));
  return scale === 0 ? NaN : Math.max(-1, Math.min(1, dot(x, y) / scale));
}

function centred(list: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(list);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) throw new RangeError(`pearson: every number is finite; got ${list[bad]} at ${bad}.`);
  // A constant list is told by its values: its mean may round to another number.
  if (values.every((value) => value === values[0])) return new Float64Array(values.length);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
