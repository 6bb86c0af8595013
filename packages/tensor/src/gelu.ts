import type { Tensor } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** x · Φ(x), Φ the normal distribution function (the exact, erf form), any shape. Hendrycks and Gimpel 2016, eq. 1. */
export function gelu<T extends Tensor>(x: T): T {
  return op(x) as T;
}

const op = tf.customGrad((input, save) => {
  const x = input as Tensor;
  const erf = unary("Erf", times(x, Math.SQRT1_2));
  const phi = times(plus(erf, 1), 0.5);
  (save as tf.GradSaveFunc)([x, phi]);
  return {
    value: binary("Mul", x, phi),
    gradFunc: (dy, [x, phi]) =>
      tf.tidy(() => {
        const density = unary("Exp", times(unary("Square", x!), -0.5)); // of N(0, 1), times the root of 2π
        const slope = binary("AddV2", phi!, times(binary("Mul", x!, density), 1 / Math.sqrt(2 * Math.PI)));
        return binary("Mul", dy as Tensor, slope);
      }),
  };
});

const float = { T: { type: "float32" } } as const;
const unary = (op: string, x: Tensor) => native(op, [x], float)[0]!;
const binary = (op: string, a: Tensor, b: Tensor) => native(op, [a, b], float)[0]!;
const times = (x: Tensor, factor: number) => binary("Mul", x, tf.scalar(factor));
const plus = (x: Tensor, term: number) => binary("AddV2", x, tf.scalar(term));
