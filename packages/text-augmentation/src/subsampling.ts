/**
 * The chance with which each token stays in a view, by how often it stands in a corpus: `[v]` counts -> `[v]`.
 *
 *     keep_t = min(1, sqrt(threshold / p_t)),   p_t = count_t / sum of counts
 *
 * Views without most of their frequent words are told apart by the others. Source: Mikolov et al. 2013, "Distributed representations of words and
 * phrases", eq. 5. Throws RangeError for a threshold that is not positive.
 */
export function subsampling(counts: ArrayLike<number>, { threshold = 1e-3 } = {}): Float32Array {
  if (!(threshold > 0)) throw new RangeError(`subsampling: the threshold is positive; got ${threshold}.`);
  const all = Float64Array.from(counts);
  const total = all.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(all, (count) => (count > 0 ? Math.min(1, Math.sqrt((threshold * total) / count)) : 1));
}
