import type { Tensor2D } from "@tensorflow/tfjs-core";
import { tf } from "./tf.ts";

/**
 * Rows of length 1: `x / max(|x|, epsilon)`, `[n, d] -> [n, d]`, with a gradient that stays finite at 0.
 *
 * Source: PyTorch's `torch.nn.functional.normalize` (epsilon 1e-12).
 */
export function normalize(x: Tensor2D, { epsilon = 1e-12 } = {}): Tensor2D {
  const op = tf.customGrad((input, save) => {
    const length = tf.maximum(tf.norm(input as Tensor2D, 2, 1, true), epsilon); // [n, 1]
    const y = tf.div(input as Tensor2D, length);
    (save as tf.GradSaveFunc)([y, length]);
    return {
      value: y,
      // (dy - y <y, dy>) / |x|: the part of dy across y, since its length is fixed
      gradFunc: (dy, [unit, norm]) => {
        const along = tf.mul(unit!, tf.sum(tf.mul(unit!, dy as Tensor2D), 1, true));
        return tf.div(tf.sub(dy as Tensor2D, along), norm!);
      },
    };
  });
  return op(x) as Tensor2D;
}
