import type { Tensor } from "@tensorflow/tfjs-core";
import { tf } from "./tf.ts";

/** x · Φ(x), Φ the normal distribution function (the exact, erf form), any shape. Hendrycks and Gimpel 2016, eq. 1. */
export function gelu<T extends Tensor>(x: T): T {
  return op(x) as T;
}

const op = tf.customGrad((input, save) => {
  const x = input as Tensor;
  (save as tf.GradSaveFunc)([x]);
  return {
    value: tf.mul(x, phi(x)),
    gradFunc: (dy, [saved]) => {
      const density = tf.mul(tf.exp(tf.mul(tf.square(saved!), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return tf.mul(dy as Tensor, tf.add(phi(saved!), tf.mul(saved!, density)));
    },
  };
});

const phi = (x: Tensor) => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
