import type { Tensor } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** x / 2 · (1 + tanh(√(2 / π) (x + 0.044715 x³))), any shape: GELU's approximation, SigLIP's activation. Hendrycks and Gimpel 2016, section 2. */
export function geluTanh<T extends Tensor>(x: T): T {
  return op(x) as T;
}

const C = Math.sqrt(2 / Math.PI);

const op = tf.customGrad((input, save) => {
  const x = input as Tensor;
  const square = unary("Square", x);
  const tanh = unary("Tanh", binary("Mul", x, plus(times(square, C * 0.044715), C)));
  (save as tf.GradSaveFunc)([x, tanh]);
  return {
    value: binary("Mul", x, times(plus(tanh, 1), 0.5)),
    gradFunc: (dy, [x, tanh]) =>
      tf.tidy(() => {
        const inner = plus(times(unary("Square", x!), C * 3 * 0.044715), C); // the tanh's argument, by x
        const steep = plus(times(unary("Square", tanh!), -1), 1);
        const curve = binary("Mul", binary("Mul", x!, steep), inner);
        return binary("Mul", dy as Tensor, times(binary("AddV2", plus(tanh!, 1), curve), 0.5));
      }),
  };
});

const float = { T: { type: "float32" } } as const;
const unary = (op: string, x: Tensor) => native(op, [x], float)[0]!;
const binary = (op: string, a: Tensor, b: Tensor) => native(op, [a, b], float)[0]!;
const times = (x: Tensor, factor: number) => binary("Mul", x, tf.scalar(factor));
const plus = (x: Tensor, term: number) => binary("AddV2", x, tf.scalar(term));
