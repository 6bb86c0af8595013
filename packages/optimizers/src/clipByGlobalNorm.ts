import { tf, type Gradient, type RowsGradient, type Tensor, type Tensor2D } from "@nearfar/tensor";
import { globalNorm } from "./globalNorm.ts";

/**
 * Gradients scaled together so that their length as one vector is at most `max`: `g · min(1, max / (globalNorm + 1e-6))`; new tensors.
 *
 * Pascanu et al. 2013, algorithm 1, as PyTorch's `clip_grad_norm_`. Throws RangeError for a `max` that is not positive.
 */
export function clipByGlobalNorm(gradients: ReadonlyMap<string, Gradient>, max: number): Map<string, Gradient> {
  if (!(max > 0)) throw new RangeError(`clipByGlobalNorm: the greatest length is positive; got ${max}.`);
  const clipped = tf.tidy(() => {
    const factor = tf.minimum(1, tf.div(max, tf.add(globalNorm(gradients), 1e-6)));
    return [...gradients.values()].map((gradient) =>
      "values" in gradient ? byRows(gradient, tf.mul(gradient.values, factor)) : tf.mul(gradient, factor),
    );
  });
  return new Map([...gradients.keys()].map((path, i) => [path, clipped[i] as Gradient]));
}

/** As a tree of tensors, which a tidy scope hands over. */
function byRows({ indices }: RowsGradient, values: Tensor2D): { indices: Tensor; values: Tensor } {
  return { indices: tf.clone(indices), values };
}
