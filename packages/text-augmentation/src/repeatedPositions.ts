import { integer, permutation, type Key } from "@nearfar/random";
import { checkRatio } from "./checkRatio.ts";

/**
 * The n positions, some of them twice: how many is uniform from 0 to max(2, floor(ratio n)), which ones is a draw without replacement.
 *
 * Source: Wu et al. 2022 (ESimCSE), section 3.1, equations 1 and 2; .32 is its best ratio.
 */
export function repeatedPositions(key: Key, n: number, { ratio = 0.32 } = {}): number[] {
  checkRatio("repeatedPositions", ratio);
  const most = Math.min(n, Math.max(2, Math.floor(ratio * n)));
  const twice = new Set(permutation(key.fold("which"), n).subarray(0, integer(key.fold("how many"), most + 1)));
  return Array.from({ length: n }, (_, i) => (twice.has(i) ? [i, i] : [i])).flat();
}
