import { normalize, tf } from "@nearfar/tensor";

/** The cosine of each pair, both sides `[n, d]`, row i one pair: `[n]`. */
export function cosines(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor1D {
  return tf.sum(tf.mul(normalize(left), normalize(right)), 1); // [n]
}
