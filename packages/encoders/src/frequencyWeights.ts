/**
 * A weight per token, small for frequent ones, by how often each token stands in a corpus: `[v]` counts -> `[v]`.
 *
 *     w_t = c a / (a + p_t),   p_t = count_t / sum of counts,   c so that sum_t p_t w_t^2 = 1
 *
 * With c a token of the corpus has, on average, the length that it has without weights. The default a is the middle of what won on STS dev sets in
 * training from nothing; the paper takes 1e-4 to 1e-3. Source: Arora et al. 2017, "A simple but tough-to-beat baseline for sentence
 * embeddings", eq. 3. Throws RangeError where nothing was counted.
 */
export function frequencyWeights(counts: ArrayLike<number>, { a = 5e-4 } = {}): Float32Array {
  const all = Float64Array.from(counts);
  const total = all.reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) throw new RangeError(`frequencyWeights: tokens of a corpus were counted; got ${total} in all.`);
  const plain = all.map((count) => a / (a + count / total));
  const square = plain.reduce((sum, weight, t) => sum + (all[t]! / total) * weight * weight, 0);
  return Float32Array.from(plain, (weight) => weight / Math.sqrt(square));
}
