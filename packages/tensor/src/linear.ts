import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** What `linear` learns: a matrix `[in, out]` and a shift `[out]`. */
export interface LinearParams {
  readonly weight: Tensor2D;
  readonly bias: Tensor1D;
}

/** The linear map `x · weight + bias`, `[n, in] -> [n, out]`: five operations of the engine with its gradient, where the stock ones need twelve. */
export function linear({ weight, bias }: LinearParams, x: Tensor2D): Tensor2D {
  const op = tf.customGrad((...inputs) => {
    const [input, matrix, shift, save] = inputs as [Tensor, Tensor, Tensor, tf.GradSaveFunc];
    save([input, matrix]);
    const [product] = native("MatMul", [input, matrix], { ...float, ...NONE }) as [Tensor];
    const [value] = native("BiasAdd", [product, shift], { ...float, ...LAST }) as [Tensor];
    product.dispose();
    return {
      value,
      gradFunc: (dy, [x, w]) => [
        native("MatMul", [dy as Tensor, w!], { ...float, ...NONE, transpose_b: { bool: true } })[0]!,
        native("MatMul", [x!, dy as Tensor], { ...float, ...NONE, transpose_a: { bool: true } })[0]!,
        native("BiasAddGrad", [dy as Tensor], { ...float, ...LAST })[0]!,
      ],
    };
  });
  return op(x, weight, bias) as Tensor2D;
}

const float = { T: { type: "float32" } } as const;
const NONE = { transpose_a: { bool: false }, transpose_b: { bool: false } } as const;
const LAST = { data_format: { string: "NHWC" } } as const;
