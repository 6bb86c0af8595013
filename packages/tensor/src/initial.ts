import type { Tensor } from "@tensorflow/tfjs-core";
import { normals, uniforms, type Key } from "@nearfar/random";
import { tf } from "./tf.ts";

type Shape = readonly number[];

/** First values of weights, from keys: the same on every engine. Fans are those of `[in, out]` matrices and `[k, k, in, out]` filters. */
export const initial = {
  zeros: (shape: Shape): Tensor => tf.zeros([...shape]),
  ones: (shape: Shape): Tensor => tf.ones([...shape]),
  /** U(-1/√fanIn, 1/√fanIn): the default of PyTorch's `Linear` and `Conv2d`, weights and biases (pass the layer's `fanIn` for a bias). */
  fanInUniform(key: Key, shape: Shape, { fanIn = fan(shape, -2) } = {}): Tensor {
    const bound = 1 / Math.sqrt(fanIn);
    return tf.tensor(uniforms(key, size(shape), { min: -bound, max: bound }), [...shape]);
  },
  /** N(0, 2 / fanOut): He et al. 2015, eq. 14, as torchvision's ResNet starts its filters. */
  heNormal(key: Key, shape: Shape): Tensor {
    return tf.tensor(normals(key, size(shape), { deviation: Math.sqrt(2 / fan(shape, -1)) }), [...shape]);
  },
  /** N(0, deviation²): BERT's 0.02. */
  normal(key: Key, shape: Shape, { deviation = 0.02 } = {}): Tensor {
    return tf.tensor(normals(key, size(shape), { deviation }), [...shape]);
  },
} as const;

const size = (shape: Shape) => shape.reduce((a, b) => a * b, 1);
const fan = (shape: Shape, axis: -1 | -2) => size(shape.slice(0, -2)) * shape.at(axis)!;
