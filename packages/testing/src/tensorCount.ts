import { tf } from "@nearfar/tensor";

/** How many tensors the native engine holds. `tf.memory()` is unreliable: it does not see what an operation left behind. */
export function tensorCount(): number {
  return (tf.backend() as unknown as { getNumOfTFTensors(): number }).getNumOfTFTensors();
}
