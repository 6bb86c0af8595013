/** Two neighbouring tokens, how often they stood together when this entry was made, and the words in which they then did. */
export interface PairEntry {
  readonly left: number;
  readonly right: number;
  count: number;
  readonly words: readonly number[];
}

/** A queue that gives the most frequent pair first, and of equally frequent ones that of the smallest ids. */
export function pairQueue(): { push(entry: PairEntry): void; pop(): PairEntry | undefined } {
  const heap: PairEntry[] = [];
  return {
    push(entry) {
      let at = heap.length;
      heap.push(entry);
      while (at > 0) {
        const parent = (at - 1) >>> 1;
        if (!before(entry, heap[parent]!)) break;
        heap[at] = heap[parent]!;
        at = parent;
      }
      heap[at] = entry;
    },
    pop() {
      const top = heap[0];
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return top;
      let at = 0;
      for (let child = 1; child < heap.length; child = 2 * at + 1) {
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
      return top;
    },
  };
}

const before = (a: PairEntry, b: PairEntry) =>
  a.count !== b.count ? a.count > b.count : a.left !== b.left ? a.left < b.left : a.right < b.right;
