import { tf } from "@nearfar/tensor";
import type { Rows } from "./plain.ts";

/** Lists of numbers as matrices of the engine. */
export function tensors(...sides: readonly Rows[]): tf.Tensor2D[] {
  return sides.map((rows) => tf.tensor2d(rows.map((row) => [...row])));
}
