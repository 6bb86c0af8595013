/** The tokens on the one side and those on the other, each in their order: `left[i]` true puts token i on the left. */
export function partTokens(ids: Int32Array, left: ArrayLike<boolean>): [Int32Array, Int32Array] {
  if (left.length !== ids.length)
    throw new RangeError(`partTokens: every token has a side; got ${ids.length} tokens and ${left.length} sides.`);
  return [ids.filter((_, i) => left[i]!), ids.filter((_, i) => !left[i]!)];
}
