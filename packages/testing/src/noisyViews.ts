import { type Tensor4D, tf } from "@nearfar/tensor";
import { noise } from "./noise.ts";

/** The batch of a step, by a formula: two noisy views of each of `pairs` pictures of 16x16, the left ones first, `[2 pairs, 16, 16, 3]`. */
export function noisyViews(step: number, { pairs = 4 } = {}): Tensor4D {
  const size = pairs * 16 * 16 * 3;
  const pictures = noise(`pictures ${step}`, size);
  const view = (side: string) => noise(`${side} ${step}`, size).map((u, i) => pictures[i]! + 0.5 * u);
  return tf.tensor4d(Float32Array.of(...view("left"), ...view("right")), [2 * pairs, 16, 16, 3]);
}
