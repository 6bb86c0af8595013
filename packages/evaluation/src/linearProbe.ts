import { UserError } from "@nearfar/formats";
import { cosine, sgd } from "@nearfar/optimizers";
import { permutation, type Key } from "@nearfar/random";
import { initial, tf, type Params } from "@nearfar/tensor";
import { checkLabelled } from "./checkLabelled.ts";
import { valuesOf } from "./valuesOf.ts";
import type { Vectors } from "@nearfar/formats";
import type { Labelled } from "./labelled.ts";

/** Settings of the classifier's training. */
export interface LinearProbeOptions {
  epochs?: number;
  batch?: number;
  /** The first learning rate; it follows a cosine to 0, a step per epoch. */
  rate?: number;
  momentum?: number;
  /** Whether each feature is first brought to mean 0 and deviation 1 by the training set's. */
  standardize?: boolean;
  /** The number of classes, the largest label + 1 if absent. */
  classes?: number;
}

/**
 * The accuracy, 0 to 1, on the test set of a linear classifier trained on frozen features of the training set.
 *
 * Softmax cross-entropy, SGD `v = momentum v + g, w = w - rate v`, `rate_e = rate (1 + cos(π e / epochs)) / 2`, no weight decay; initial
 * values of PyTorch's `Linear`. Train `[n, d]`, test `[m, d]`. Throws UserError for one class, missing labels or weights that overflow.
 * Source: defaults of SimCLR's CIFAR-10 probe (rate 0.1, batch 512, 100 epochs) on standardised features; `imagenetProbe` is the other usual one.
 */
export function linearProbe(key: Key, train: Labelled, test: Labelled, options: LinearProbeOptions = {}): number {
  const { epochs = 100, batch = 512, rate = 0.1, momentum = 0.9, standardize = true, classes } = options;
  const count = checkLabelled("linearProbe", train, test, classes);
  for (const [name, value] of Object.entries({ epochs, batch }))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`linearProbe: ${name} is a whole number from 1; got ${value}.`);
  const optimizer = sgd({ momentum });
  const schedule = cosine({ steps: epochs, peak: rate });
  return tf.tidy(() => {
    const scale = standardize ? moments(train) : undefined;
    const inputs = features(train, scale); // [n, d + 1]
    let params: Params = { weight: initialWeight(key, train.dimensions, count) }; // [d + 1, c]
    let slots = optimizer.init(params);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = Int32Array.from(permutation(key.fold("order").fold(epoch), train.rows));
      for (let start = 0; start < train.rows; start += batch) {
        const next = tf.tidy(() => {
          const gradient = gradientOf(
            params.weight as tf.Tensor2D,
            inputs,
            train.labels,
            order.subarray(start, start + batch),
          );
          return optimizer.update(new Map([["weight", gradient]]), params, slots, tf.scalar(schedule(epoch)));
        });
        tf.dispose([params, slots]);
        ({ params, slots } = next);
      }
    }
    const weight = params.weight as tf.Tensor2D;
    if (!weight.dataSync().every(Number.isFinite))
      throw new UserError(
        `linearProbe: the weights overflowed at rate ${rate}. Lower the rate, or standardise the features.`,
      );
    return accuracy(weight, features(test, scale), test.labels);
  });
}

/** Softmax cross-entropy's gradient in closed form, `xᵀ (softmax(x w) - onehot) / b`, for the rows of one batch: `[d + 1, c]`. */
function gradientOf(weight: tf.Tensor2D, inputs: tf.Tensor2D, labels: Int32Array, batch: Int32Array): tf.Tensor2D {
  const x = tf.gather(inputs, tf.tensor1d(batch, "int32")); // [b, d + 1]
  const right = tf.oneHot(
    tf.tensor1d(
      batch.map((row) => labels[row]!),
      "int32",
    ),
    weight.shape[1],
  ); // [b, c]
  return tf.div(tf.matMul(x, tf.sub(tf.softmax(tf.matMul(x, weight)), right), true), batch.length);
}

/** The mean and the unbiased deviation (+ 1e-6) of each feature, `[d]`. */
function moments({ rows, dimensions, data }: Vectors): { mean: tf.Tensor; deviation: tf.Tensor } {
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(tf.tensor2d(data, [rows, dimensions]), 0);
    return { mean, deviation: tf.add(tf.sqrt(tf.mul(variance, rows / Math.max(1, rows - 1))), 1e-6) };
  });
}

/** The rows, standardised if asked for, with a last feature of 1, so that the bias is the weights' last row: `[n, d + 1]`. */
function features({ rows, dimensions, data }: Vectors, scale?: ReturnType<typeof moments>): tf.Tensor2D {
  return tf.tidy(() => {
    const x = tf.tensor2d(data, [rows, dimensions]);
    return tf.concat(
      [scale ? tf.div(tf.sub(x, scale.mean), scale.deviation) : x, tf.ones([rows, 1])],
      1,
    ) as tf.Tensor2D;
  });
}

function initialWeight(key: Key, dimensions: number, classes: number): tf.Tensor2D {
  return tf.tidy(() => {
    const weight = initial.fanInUniform(key.fold("weight"), [dimensions, classes]);
    const bias = initial.fanInUniform(key.fold("bias"), [1, classes], { fanIn: dimensions });
    return tf.concat([weight, bias]) as tf.Tensor2D;
  });
}

function accuracy(weight: tf.Tensor2D, inputs: tf.Tensor2D, labels: Int32Array): number {
  const predicted = valuesOf(() => tf.argMax(tf.matMul(inputs, weight), 1)); // [m]
  return labels.filter((label, row) => label === predicted[row]).length / labels.length;
}
