/** The largest `|a - b| / max(1, |b|)` over two lists of numbers; infinite where their lengths differ or a value is not a number. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  const errors = Array.from(a, (value, i) => Math.abs(value - b[i]!) / Math.max(1, Math.abs(b[i]!)));
  return errors.reduce((worst, error) => (Number.isNaN(error) ? Infinity : Math.max(worst, error)), 0);
}
