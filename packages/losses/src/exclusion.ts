import { tf } from "@nearfar/tensor";

/** What is added to logits so that a candidate does not compete: far below 0 where `excluded` (bool), 0 elsewhere; any shape. */
export function exclusion<T extends tf.Tensor>(excluded: T): T {
  return tf.mul(tf.cast(excluded, "float32"), -1e9) as T; // finite, so that no gradient is NaN; so far that float32's exp is exactly 0
}
