import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/**
 * Sets each entry to 0 with probability `rate` and divides the others by 1 - rate; any shape. Srivastava et al. 2014.
 *
 * `seed` is an int32 `[2]` tensor (see `seedOf`), so that a recorded step takes it as an input and draws anew each time.
 */
export function dropout<T extends Tensor>(seed: Tensor1D, x: T, { rate = 0.1 } = {}): T {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: the rate is in [0, 1); got ${rate}.`);
  if (rate === 0) return x;
  return tf.tidy(() => {
    const types = { T: { type: "int32" }, Tseed: { type: "int32" }, dtype: { type: "float32" } } as const;
    const [noise] = native("StatelessRandomUniform", [tf.tensor1d(x.shape, "int32"), seed], types) as [Tensor];
    return tf.mul(x, tf.mul(tf.cast(tf.greaterEqual(noise, rate), "float32"), 1 / (1 - rate))) as T;
  });
}
