import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** What `layerNorm` learns: a scale and a shift per feature, `[d]` each. */
export interface LayerNormParams {
  readonly weight: Tensor1D;
  readonly bias: Tensor1D;
}

/** Each row of the last axis to mean 0 and variance 1, then `· weight + bias`; `[..., d] -> [..., d]`. Ba et al. 2016, eq. 4. */
export function layerNorm<T extends Tensor>({ weight, bias }: LayerNormParams, x: T, { epsilon = 1e-5 } = {}): T {
  const op = tf.customGrad((...inputs) => {
    const [input, scale, shift, save] = inputs as [Tensor, Tensor, Tensor, tf.GradSaveFunc];
    const centred = binary("Sub", input, mean(input));
    const deviation = tf.rsqrt(tf.add(mean(unary("Square", centred)), epsilon)); // [..., 1], its inverse
    const unit = binary("Mul", centred, deviation);
    save([unit, deviation, scale]);
    return {
      value: binary("AddV2", binary("Mul", unit, scale), shift),
      gradFunc: (gradient, [unit, deviation, scale]) =>
        tf.tidy(() => {
          const dy = gradient as Tensor;
          const along = binary("Mul", dy, unit!);
          // With g = dy · scale: (g - mean(g) - unit · mean(g · unit)) / deviation
          const g = binary("Mul", dy, scale!);
          const straight = binary("Mul", unit!, mean(binary("Mul", along, scale!)));
          const across = binary("Sub", binary("Sub", g, mean(g)), straight);
          return [binary("Mul", across, deviation!), columns(along), columns(dy)];
        }),
    };
  });
  return op(x, weight, bias) as T;
}

const float = { T: { type: "float32" } } as const;
const unary = (op: string, x: Tensor) => native(op, [x], float)[0]!;
const binary = (op: string, a: Tensor, b: Tensor) => native(op, [a, b], float)[0]!;
/** The sum of each column: over all axes but the last, `[..., d] -> [d]`. */
const columns = (x: Tensor) => native("BiasAddGrad", [x], { ...float, data_format: { string: "NHWC" } })[0]!;

/** Of each row, `[..., d] -> [..., 1]`. */
function mean(x: Tensor): Tensor {
  const types = { ...float, Tidx: { type: "int32" }, keep_dims: { bool: true } } as const;
  return native("Mean", [x, tf.scalar(-1, "int32")], types)[0]!;
}
