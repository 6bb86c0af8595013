import type { tf } from "@nearfar/tensor";
import { requirePairs } from "./requirePairs.ts";

/** Throws RangeError unless two sides have the same shape `[n, d]`, and scores are `[n]`. */
export function requireScores(name: string, left: tf.Tensor2D, right: tf.Tensor2D, scores: tf.Tensor1D): void {
  requirePairs(name, "both sides need one row per pair", left, right);
  const n = left.shape[0];
  if (scores.rank !== 1 || scores.shape[0] !== n)
    throw new RangeError(`${name}: scores are one per pair, [${n}]; got [${(scores.shape as number[]).join(", ")}].`);
}
