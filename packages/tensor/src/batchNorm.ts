import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { Mode } from "./mode.ts";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** `[d]` each. `weight` and `bias` are learned (absent: 1 and 0); the running ones are statistics. */
export interface BatchNormParams {
  readonly weight?: Tensor1D;
  readonly bias?: Tensor1D;
  readonly running_mean: Tensor1D;
  readonly running_var: Tensor1D;
}

/**
 * `(x - mean) / √(variance + epsilon) · weight + bias` per channel, `[n, d]` or `[n, h, w, d]`. Ioffe and Szegedy 2015, algorithm 1.
 *
 * Training uses the batch's moments and records `running += momentum · (batch - running)`, the variance there unbiased; evaluation uses the
 * running moments. Defaults and update: PyTorch's `BatchNorm2d`.
 */
export function batchNorm<T extends Tensor>(
  params: BatchNormParams,
  x: T,
  mode: Mode,
  { momentum = 0.1, epsilon = 1e-5 } = {},
): T {
  const { running_mean, running_var } = params;
  const weight = params.weight ?? tf.onesLike(running_mean);
  const bias = params.bias ?? tf.zerosLike(running_mean);
  if (!mode.training) {
    const scale = tf.mul(weight, tf.rsqrt(tf.add(running_var, epsilon)));
    return tf.add(tf.mul(x, scale), tf.sub(bias, tf.mul(running_mean, scale))) as T;
  }
  const { statistics } = mode;
  const shape = x.rank === 4 ? (x.shape as Tensor4D["shape"]) : ([x.shape[0]!, 1, 1, x.shape[1]!] as Tensor4D["shape"]);
  const op = tf.customGrad((input, scale, shift, save) => {
    const running = [statistics.latest(running_mean), statistics.latest(running_var)];
    const [y, mean, variance, ...reserved] = native(
      "FusedBatchNormV3",
      [input as Tensor, scale as Tensor, shift as Tensor, ...running],
      { ...attributes(epsilon), exponential_avg_factor: { float: momentum } },
      6,
    );
    statistics.record(running_mean, mean!);
    statistics.record(running_var, variance!);
    (save as tf.GradSaveFunc)([input as Tensor, scale as Tensor, ...reserved]);
    return {
      value: y!,
      gradFunc: (dy, [input, scale, ...reserved]) =>
        native("FusedBatchNormGradV3", [dy as Tensor, input!, scale!, ...reserved], attributes(epsilon), 5).slice(0, 3),
    };
  });
  return tf.reshape(op(tf.reshape(x, shape), weight, bias), x.shape) as T;
}

const attributes = (epsilon: number) =>
  ({
    T: { type: "float32" },
    U: { type: "float32" },
    epsilon: { float: epsilon },
    data_format: { string: "NHWC" },
    is_training: { bool: true },
  }) as const;
