import { integer } from "./integer.ts";
import type { Key } from "./key.ts";

/** The numbers 0 to length - 1 in random order, each order equally likely. Source: Fisher-Yates, Knuth's TAOCP 3.4.2 algorithm P. */
export function permutation(key: Key, length: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = integer(key, i + 1, { counter: i });
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
