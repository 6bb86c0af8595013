export interface UniqueBatchesOptions {
  /** Examples in a batch. */
  readonly batch: number;
  /** Texts of an example. */
  readonly width?: number;
  /** Where the texts of each example begin in `ids`, `[n + 1]`, where examples have different numbers of them. */
  readonly offsets?: ArrayLike<number> | undefined;
}

/**
 * Cuts an order of examples into full batches in which no text occurs in two examples.
 *
 * `ids` [n, width] are the examples' texts as numbers. An example that meets its own text in the batch waits, with the others of that
 * text, and has precedence in the next one; where nothing has to wait the batches are the order, cut. `rest` are the examples that
 * fill no batch. Deterministic; time grows with the examples, however often a text occurs.
 */
export function uniqueBatches(
  order: ArrayLike<number>,
  ids: ArrayLike<number>,
  { batch, width = 1, offsets }: UniqueBatchesOptions,
): { batches: Uint32Array[]; rest: Uint32Array } {
  if (!(Number.isSafeInteger(batch) && batch > 0))
    throw new RangeError(`uniqueBatches: a batch is a whole number of at least 1; got ${batch}.`);
  const batches: Uint32Array[] = [];
  const waiting = new Map<number, Queue>(); // by the text that was met
  let next = 0;
  for (;;) {
    const taken = new Set<number>();
    const rows: number[] = [];
    const place = (example: number): void => {
      const begin = offsets ? offsets[example]! : example * width;
      const end = offsets ? offsets[example + 1]! : begin + width;
      for (let i = begin; i < end; i++) if (taken.has(ids[i]!)) return wait(waiting, ids[i]!, example);
      for (let i = begin; i < end; i++) taken.add(ids[i]!);
      rows.push(example);
    };
    // What starts to wait meanwhile is met again by this loop and passed over: its text is taken.
    for (const [text, queue] of waiting) {
      if (rows.length === batch) break;
      if (taken.has(text)) continue;
      const example = queue.examples[queue.at++]!;
      if (queue.at === queue.examples.length) waiting.delete(text);
      place(example);
    }
    while (rows.length < batch && next < order.length) place(order[next++]!);
    if (rows.length === batch) batches.push(Uint32Array.from(rows));
    else return { batches, rest: Uint32Array.from([...rows, ...left(waiting)]) };
  }
}

interface Queue {
  readonly examples: number[];
  /** The first that still waits. */
  at: number;
}

function wait(waiting: Map<number, Queue>, text: number, example: number): void {
  const queue = waiting.get(text);
  if (queue) queue.examples.push(example);
  else waiting.set(text, { examples: [example], at: 0 });
}

function* left(waiting: ReadonlyMap<number, Queue>): Generator<number> {
  for (const { examples, at } of waiting.values()) yield* examples.slice(at);
}
