import type { Key } from "./key.ts";
import { uniform } from "./uniform.ts";

/** A whole number uniform in [0, bound), bound at most 2^32 (the bias of 53 bits is below 2^-21). Throws RangeError for a bound below 1. */
export function integer(key: Key, bound: number, { counter = 0 } = {}): number {
  if (!(bound >= 1)) throw new RangeError(`integer: the bound is at least 1; got ${bound}.`);
  return Math.floor(uniform(key, { max: bound, counter }));
}
