import { tf } from "@nearfar/tensor";
import type { Optimizer } from "./optimizer.ts";
import { updateLeaves } from "./updateLeaves.ts";
import { zeroSlots } from "./zeroSlots.ts";

export interface AdagradOptions {
  readonly epsilon?: number;
}

/**
 * A rate of its own for every number, that falls with the gradients it has seen: `v += g²; p -= rate · g / (√v + epsilon)`.
 *
 * Made for tables of which a step uses few rows: a rare word still moves far when it comes. It remembers no direction, so that a row that a step
 * does not use stays as it is, and a gradient by rows gives exactly what the whole one would. Duchi et al. 2011, section 1.1; values and
 * defaults of PyTorch's `torch.optim.Adagrad`.
 */
export function adagrad({ epsilon = 1e-10 }: AdagradOptions = {}): Optimizer {
  return {
    name: "adagrad",
    init: (params) => ({ sum: zeroSlots(params) }),
    update: (gradients, params, slots, rate) =>
      tf.tidy(() =>
        updateLeaves(gradients, params, slots, (leaf, gradient, [sum]) => {
          const v = tf.add(sum!, tf.square(gradient));
          return [tf.sub(leaf, tf.mul(tf.div(gradient, tf.add(tf.sqrt(v), epsilon)), rate)), v];
        }),
      ),
  };
}
