import { pairsAbove } from "./pairsAbove.ts";
import type { Vectors } from "@nearfar/formats";

export interface DuplicatesOptions {
  /** The least cosine of two rows that say the same. */
  threshold?: number;
}

/**
 * Groups of rows that say the same: those joined by pairs of `pairsAbove`, of which the 500,000 most alike count. Rows ascend in a group, and
 * groups stand in the order of their first rows; a row without a duplicate stands in none.
 */
export function duplicates(vectors: Vectors, { threshold = 0.95 }: DuplicatesOptions = {}): number[][] {
  const parents = Int32Array.from({ length: vectors.rows }, (_, row) => row); // a tree per group, its root the first row
  const root = (row: number): number => {
    while (parents[row] !== row) row = parents[row] = parents[parents[row]!]!;
    return row;
  };
  for (const { first, second } of pairsAbove(vectors, threshold)) {
    const [a, b] = [root(first), root(second)];
    parents[Math.max(a, b)] = Math.min(a, b);
  }
  const groups = new Map<number, number[]>();
  parents.forEach((_, row) => groups.set(root(row), [...(groups.get(root(row)) ?? []), row]));
  return [...groups.values()].filter((group) => group.length > 1);
}
