import { type Tensor, tf } from "@nearfar/tensor";

/** All tensors in a tree, a batch or whatever holds them, each once. */
export function tensorsIn(container: object): Tensor[] {
  return tf.tensor_util.getTensorsInContainer(container as Parameters<typeof tf.tensor_util.getTensorsInContainer>[0]);
}
