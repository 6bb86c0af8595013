import type { Pool } from "./pool.ts";

export interface PrefetchOptions {
  /** Runs under way beyond the one that is awaited. */
  readonly ahead?: number;
}

/**
 * The outputs of a pool, in the order of the inputs, with `ahead` runs under way while the reader works.
 *
 * `inputs` is a sequence, or a function of the step 0, 1, 2, ... that never ends. A failed run throws when its turn comes. A reader
 * who leaves early leaves nothing behind: results under way are dropped. Throws RangeError for an `ahead` below 0.
 */
export async function* prefetch<Input, Output>(
  pool: Pool<Input, Output>,
  inputs: Iterable<Input> | ((step: number) => Input),
  { ahead = 2 }: PrefetchOptions = {},
): AsyncGenerator<Output, void, undefined> {
  if (!(ahead >= 0)) throw new RangeError(`prefetch: ahead is at least 0; got ${ahead}.`);
  const source = (typeof inputs === "function" ? steps(inputs) : inputs)[Symbol.iterator]();
  const underWay: Promise<Output>[] = [];
  const fill = (size: number) => {
    while (underWay.length < size) {
      const next = source.next();
      if (next.done) return;
      const run = pool.run(next.value);
      // Told to the reader in its turn; until then, or if it never comes, a failure is not unhandled.
      run.catch(() => {});
      underWay.push(run);
    }
  };
  try {
    for (fill(ahead + 1); underWay.length > 0; fill(ahead + 1)) {
      const output = await underWay.shift()!;
      fill(ahead);
      yield output;
    }
  } finally {
    source.return?.();
  }
}

function* steps<Input>(input: (step: number) => Input): Generator<Input> {
  for (let step = 0; ; step++) yield input(step);
}
