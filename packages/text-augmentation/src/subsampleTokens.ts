import { uniform, type Key } from "@nearfar/random";

/**
 * Leaves out frequent tokens: token t stays with the chance `keep[t]` (`subsampling`). At least one stays, the first of the
 * rarest; a token beyond the list stays.
 *
 * Source: Mikolov et al. 2013, "Distributed representations of words and phrases", eq. 5.
 */
export function subsampleTokens(key: Key, ids: Int32Array, keep: Float32Array): Int32Array {
  const chance = (id: number) => keep[id] ?? 1;
  const kept = ids.filter((id, i) => chance(id) >= 1 || uniform(key, { counter: i }) < chance(id));
  if (kept.length > 0 || ids.length === 0) return kept;
  return Int32Array.of(ids.reduce((rarest, id) => (chance(id) > chance(rarest) ? id : rarest)));
}
