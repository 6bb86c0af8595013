import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** What dropout multiplies by: 0 with probability `rate`, else 1 / (1 - rate). `seed` as in `dropout`, which is this times x. */
export function dropoutMask(seed: Tensor1D, shape: readonly number[], rate: number): Tensor {
  return tf.tidy(() => {
    const types = { T: { type: "int32" }, Tseed: { type: "int32" }, dtype: { type: "float32" } } as const;
    const [noise] = native("StatelessRandomUniform", [tf.tensor1d([...shape], "int32"), seed], types) as [Tensor];
    return tf.mul(tf.cast(tf.greaterEqual(noise, rate), "float32"), 1 / (1 - rate));
  });
}
