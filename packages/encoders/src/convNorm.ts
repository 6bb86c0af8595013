import { batchNorm, conv2d, type BatchNormParams, type Mode, type Params, type Tensor4D } from "@nearfar/tensor";

/** A convolution without bias, then batch-norm: the pair that convolutional nets are made of, two siblings of a tree. `[n, h, w, c] -> [n, ⌈h / stride⌉, ⌈w / stride⌉, o]`. */
export function convNorm([conv, bn]: readonly [Child, Child], x: Tensor4D, mode: Mode, { stride = 1 } = {}): Tensor4D {
  const { weight } = conv as { weight: Tensor4D };
  return batchNorm(bn as unknown as BatchNormParams, conv2d(x, weight, { stride }), mode);
}

type Child = Params[string] | undefined;
