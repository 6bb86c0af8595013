import type { Neighbours } from "@nearfar/search";

/** The share of the true neighbours that were found. */
export function recall(found: Neighbours, truth: Neighbours): number {
  const { k, indices } = truth;
  const hits = Array.from(indices).filter((row, at) => {
    const from = at - (at % k);
    return found.indices.subarray(from, from + k).includes(row);
  });
  return hits.length / indices.length;
}
