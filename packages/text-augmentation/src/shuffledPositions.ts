import { permutation, uniform, type Key } from "@nearfar/random";

/**
 * The n positions in random order: any order, or with `reach` k one in which no position moves further than k places.
 *
 * Source of the latter: Lample et al. 2018, "Unsupervised machine translation using monolingual corpora only", section 2.3: sorted by
 * i + U(0, k + 1); k = 3 there.
 */
export function shuffledPositions(key: Key, n: number, { reach = Infinity } = {}): number[] {
  if (!(reach >= 0)) throw new RangeError(`shuffledPositions: a reach is at least 0; got ${reach}.`);
  if (reach === Infinity) return Array.from(permutation(key, n));
  const places = Array.from({ length: n }, (_, i) => i + uniform(key, { max: reach + 1, counter: i }));
  return Array.from(places.keys()).sort((a, b) => places[a]! - places[b]!);
}
