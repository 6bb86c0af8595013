import type { Tensor } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** max(x, 0), any shape. The stock gradient makes an array of ones in JavaScript per call; this one is a single operation. */
export function relu<T extends Tensor>(x: T): T {
  return op(x) as T;
}

const op = tf.customGrad((x, save) => {
  const [y] = native("Relu", [x as Tensor], float) as [Tensor];
  (save as tf.GradSaveFunc)([y]);
  return { value: y, gradFunc: (dy, [saved]) => native("ReluGrad", [dy as Tensor, saved!], float)[0]! };
});

const float = { T: { type: "float32" } } as const;
