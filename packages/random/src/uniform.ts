import type { Key } from "./key.ts";

/** One number uniform in [min, max), with 53 random bits. `counter` draws further independent numbers from the same key. */
export function uniform(key: Key, { min = 0, max = 1, counter = 0 } = {}): number {
  const [high, low] = key.bits(counter);
  return min + (max - min) * (((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992);
}
