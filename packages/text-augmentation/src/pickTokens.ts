/** The tokens at positions, in their order; a position may come twice. RangeError for one outside. */
export function pickTokens(ids: Int32Array, positions: ArrayLike<number>): Int32Array {
  return Int32Array.from(positions, (at) => {
    const id = ids[at];
    if (id === undefined) throw new RangeError(`pickTokens: a position is below ${ids.length}; got ${at}.`);
    return id;
  });
}
