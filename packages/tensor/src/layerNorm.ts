import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { tf } from "./tf.ts";

/** What `layerNorm` learns: a scale and a shift per feature, `[d]` each. */
export interface LayerNormParams {
  readonly weight: Tensor1D;
  readonly bias: Tensor1D;
}

/** Each row of the last axis to mean 0 and variance 1, then `· weight + bias`; `[..., d] -> [..., d]`. Ba et al. 2016, eq. 4. */
export function layerNorm<T extends Tensor>({ weight, bias }: LayerNormParams, x: T, { epsilon = 1e-5 } = {}): T {
  return tf.add(tf.mul(standardize(x, epsilon), weight), bias) as T;
}

function standardize(x: Tensor, epsilon: number): Tensor {
  const op = tf.customGrad((input, save) => {
    const { mean, variance } = tf.moments(input as Tensor, -1, true);
    const scale = tf.rsqrt(tf.add(variance, epsilon));
    const y = tf.mul(tf.sub(input as Tensor, mean), scale);
    (save as tf.GradSaveFunc)([y, scale]);
    return {
      value: y,
      gradFunc: (dy, [unit, factor]) => {
        const centred = tf.sub(dy as Tensor, tf.mean(dy as Tensor, -1, true));
        const along = tf.mul(unit!, tf.mean(tf.mul(dy as Tensor, unit!), -1, true));
        return tf.mul(factor!, tf.sub(centred, along));
      },
    };
  });
  return op(x);
}
