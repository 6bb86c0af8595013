import { integer, uniform, type Key } from "@nearfar/random";
import { checkRatio } from "./checkRatio.ts";

/**
 * Which of n positions stay when each is deleted with the probability `ratio`, independently; at least one stays.
 *
 * Source: Wang et al. 2021 (TSDAE), section 3, and `DenoisingAutoEncoderDataset` of sentence-transformers, where .6 is the best ratio.
 */
export function keptPositions(key: Key, n: number, { ratio = 0.6 } = {}): number[] {
  checkRatio("keptPositions", ratio);
  const kept: number[] = [];
  for (let i = 0; i < n; i++) if (uniform(key, { counter: i }) >= ratio) kept.push(i);
  if (kept.length === 0 && n > 0) kept.push(integer(key.fold("one"), n));
  return kept;
}
