/** The slope of the straight line that fits points `[x, y]` best by least squares. Throws RangeError for fewer than two places x. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x0, y0] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
  if (!(spread > 0)) throw new RangeError(`slope: at least two places x are needed; got ${points.length} points.`);
  return points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0) / spread;
}
