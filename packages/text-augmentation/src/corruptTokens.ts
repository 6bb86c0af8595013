/** Tokens of which some are replaced, and what a model shall say at each place: the former token where it is asked, -100 elsewhere. */
export interface Corrupted {
  ids: Int32Array;
  labels: Int32Array;
}

/** Puts `replacements[i]` at `positions[i]` and labels these places with what stood there; -100, which losses pass over, elsewhere. */
export function corruptTokens(
  ids: Int32Array,
  positions: ArrayLike<number>,
  replacements: ArrayLike<number>,
): Corrupted {
  const corrupted: Corrupted = { ids: ids.slice(), labels: new Int32Array(ids.length).fill(-100) };
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i]!;
    if (!(at >= 0 && at < ids.length))
      throw new RangeError(`corruptTokens: a position is below ${ids.length}; got ${at}.`);
    corrupted.labels[at] = ids[at]!;
    corrupted.ids[at] = replacements[i]!;
  }
  return corrupted;
}
