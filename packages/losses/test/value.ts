import { tf } from "@nearfar/tensor";

/** The number that a loss computes; its tensors are gone afterwards. */
export function value(loss: () => tf.Scalar): number {
  return tf.tidy(() => loss().dataSync()[0]!);
}
