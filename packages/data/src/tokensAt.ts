import type { TokenStore } from "./tokenStore.ts";

/** List i of a store: a view of its memory, not a copy. */
export function tokensAt({ ids, offsets }: TokenStore, i: number): Int32Array<SharedArrayBuffer> {
  const begin = offsets[i];
  const end = offsets[i + 1];
  if (begin === undefined || end === undefined)
    throw new RangeError(`tokensAt: the store has ${offsets.length - 1} lists; list ${i} was asked for.`);
  return ids.subarray(begin, end);
}
