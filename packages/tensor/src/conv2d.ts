import type { Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "./tf.ts";

/**
 * Cross-correlation with zero padding of (kernel - 1) / 2 on each side: `[n, h, w, c] · [k, k, c, o] -> [n, ⌈h / stride⌉, ⌈w / stride⌉, o]`, k odd.
 *
 * The padding is PyTorch's (`Conv2d(k, stride, padding=k // 2)`): TensorFlow's "same" pads one side only when it strides.
 */
export function conv2d(x: Tensor4D, filter: Tensor4D, { stride = 1 } = {}): Tensor4D {
  const pad = (filter.shape[0] - 1) / 2;
  if (!Number.isInteger(pad) || filter.shape[0] !== filter.shape[1])
    throw new RangeError(`conv2d: the kernel is square and odd; got [${filter.shape}].`);
  if (stride === 1 || pad === 0) return tf.conv2d(x, filter, stride, stride === 1 ? "same" : "valid");
  const sides = [pad, pad] as [number, number];
  return tf.conv2d(tf.pad(x, [[0, 0], sides, sides, [0, 0]]), filter, stride, "valid");
}
