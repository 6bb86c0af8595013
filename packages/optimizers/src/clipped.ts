import { tf } from "@nearfar/tensor";
import { clipByGlobalNorm } from "./clipByGlobalNorm.ts";
import type { Optimizer } from "./optimizer.ts";

/** An optimizer that sees gradients no longer than `max` as one vector: BERT's 1.0. Throws RangeError for a `max` that is not positive. */
export function clipped(optimizer: Optimizer, max = 1): Optimizer {
  return {
    ...optimizer,
    update: (gradients, params, slots, rate) =>
      tf.tidy(() => optimizer.update(clipByGlobalNorm(gradients, max), params, slots, rate)),
  };
}
