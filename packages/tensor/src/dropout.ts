import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { dropoutMask } from "./dropoutMask.ts";
import { tf } from "./tf.ts";

/**
 * Sets each entry to 0 with probability `rate` and divides the others by 1 - rate; any shape. Srivastava et al. 2014.
 *
 * `seed` is an int32 `[2]` tensor (see `seedOf`), so that a recorded step takes it as an input and draws anew each time.
 */
export function dropout<T extends Tensor>(seed: Tensor1D, x: T, { rate = 0.1 } = {}): T {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: the rate is in [0, 1); got ${rate}.`);
  if (rate === 0) return x;
  const op = tf.customGrad((input, save) => {
    const mask = dropoutMask(seed, x.shape, rate);
    (save as tf.GradSaveFunc)([mask]); // and not x, as the product's own gradient does
    return { value: tf.mul(input as Tensor, mask), gradFunc: (dy, [mask]) => tf.mul(dy as Tensor, mask!) };
  });
  return op(x) as T;
}
