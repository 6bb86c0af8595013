/** The most that a batch holds; a single longer text is a batch of its own. */
export interface TokenBatchesOptions {
  /** Of all texts together: states of so many tokens stay in the processor's cache. */
  readonly tokens?: number;
  readonly texts?: number;
}

/** The numbers of lists in batches by length, the longest first: the texts of a batch are nearly of one length, so that its grid has little padding. */
export function tokenBatches(
  lists: readonly ArrayLike<number>[],
  { tokens = 1024, texts = Infinity }: TokenBatchesOptions = {},
): number[][] {
  const lengthOf = (i: number) => lists[i]!.length;
  const order = lists.map((_, i) => i).sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
  const batches: number[][] = [];
  let room = 0;
  for (const i of order) {
    const last = batches.at(-1);
    if (last && lengthOf(i) <= room && last.length < texts) last.push(i);
    else {
      batches.push([i]);
      room = tokens;
    }
    room -= lengthOf(i);
  }
  return batches;
}
