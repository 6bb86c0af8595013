import { toFloat32, type NamedArray } from "@nearfar/formats";
import { tf, type Tensor, type Tensor2D, type Tensor4D } from "@nearfar/tensor";
import { isLinear } from "./isLinear.ts";

/** How Hugging Face's files, which are PyTorch's, store a leaf: matrices `[in, out]` as `[out, in]`, filters `[k, k, in, out]` as `[out, in, k, k]`, all else as it is. */
export const storedLayout = {
  shape(path: string, shape: readonly number[]): readonly number[] {
    if (shape.length === 4) return [shape[3]!, shape[2]!, shape[0]!, shape[1]!];
    return isLinear(path, shape) ? [...shape].reverse() : shape;
  },
  /** A leaf of that shape from a file's array, which has as many numbers. */
  read(path: string, shape: readonly number[], array: NamedArray): Tensor {
    const values = toFloat32(array);
    const stored = [...storedLayout.shape(path, shape)];
    return tf.tidy(() => {
      if (shape.length === 4) return tf.transpose(tf.tensor4d(values, stored as [number, number, number, number]), [2, 3, 1, 0]); // prettier-ignore
      return isLinear(path, shape) ? tf.transpose(tf.tensor2d(values, stored as [number, number])) : tf.tensor(values, [...shape]); // prettier-ignore
    });
  },
  write(path: string, leaf: Tensor): NamedArray {
    const turned = tf.tidy(() => {
      if (leaf.rank === 4) return tf.transpose(leaf as Tensor4D, [3, 2, 0, 1]);
      return isLinear(path, leaf.shape) ? tf.transpose(leaf as Tensor2D) : tf.clone(leaf);
    });
    const data = turned.dataSync<"float32">();
    turned.dispose();
    return { shape: storedLayout.shape(path, leaf.shape), dtype: "F32", data };
  },
} as const;
