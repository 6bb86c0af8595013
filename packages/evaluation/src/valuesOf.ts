import { tf, type Tensor } from "@nearfar/tensor";

/**
 * The numbers of the tensor that `make` returns, in an array of their own; every tensor that it made is disposed of.
 *
 * An array that `tf.tidy` returned would be searched for tensors, number by number, which takes a hundred times as long as most products.
 */
export function valuesOf(make: () => Tensor): Float32Array {
  const tensor = tf.tidy(make);
  const values = tensor.dataSync<"float32">().slice();
  tensor.dispose();
  return values;
}
