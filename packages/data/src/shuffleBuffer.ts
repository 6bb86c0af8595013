import { integer, permutation, type Key } from "@nearfar/random";

export interface ShuffleBufferOptions<T> {
  /** Items held. */
  readonly size?: number;
  /** Bytes of the items held, by `bytesOf`: long items make the buffer shorter. */
  readonly limitBytes?: number;
  readonly bytesOf?: (item: T) => number;
}

/**
 * The items of a stream in an order that the key decides, in the memory of `size` items: each that comes in puts out one of those held,
 * chosen at random, and takes its place; at the end those held come in random order. Every item comes once.
 *
 * An item comes at most `size` places early and, on average, `size` late: sorted data should be shuffled on disk.
 */
export async function* shuffleBuffer<T>(
  key: Key,
  source: AsyncIterable<T> | Iterable<T>,
  { size = 100_000, limitBytes = 2 ** 28, bytesOf = () => 0 }: ShuffleBufferOptions<T> = {},
): AsyncGenerator<T, void, undefined> {
  if (!(Number.isSafeInteger(size) && size > 0))
    throw new RangeError(`shuffleBuffer: size is a whole number of at least 1; got ${size}.`);
  const held: T[] = [];
  let bytes = 0;
  let draws = 0;
  const take = (): T => {
    const place = integer(key, held.length, { counter: draws++ });
    const item = held[place]!;
    const last = held.pop()!;
    if (place < held.length) held[place] = last;
    bytes -= bytesOf(item);
    return item;
  };
  for await (const item of source) {
    const own = bytesOf(item);
    while (held.length > 0 && (held.length >= size || bytes + own > limitBytes)) yield take();
    held.push(item);
    bytes += own;
  }
  for (const place of permutation(key.fold("end"), held.length)) yield held[place]!;
}
