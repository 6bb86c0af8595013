import type { Tensor } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** x · σ(1.702 x), any shape: the activation of OpenAI's CLIP. Hendrycks and Gimpel 2016, section 2; openai/CLIP `model.py`, `QuickGELU`. */
export function quickGelu<T extends Tensor>(x: T): T {
  return op(x) as T;
}

const op = tf.customGrad((input, save) => {
  const x = input as Tensor;
  const gate = sigmoid(tf.mul(x, STEEP));
  (save as tf.GradSaveFunc)([x, gate]);
  return {
    value: tf.mul(x, gate),
    // σ + 1.702 x σ (1 - σ) = σ (1 + 1.702 (x - xσ))
    gradFunc: (dy, [x, gate]) =>
      tf.tidy(() => {
        const open = tf.add(tf.mul(tf.sub(x!, tf.mul(x!, gate!)), STEEP), 1);
        return tf.mul(dy as Tensor, tf.mul(gate!, open));
      }),
  };
});

const STEEP = 1.702;
const sigmoid = (x: Tensor) => native("Sigmoid", [x], { T: { type: "float32" } })[0]!;
