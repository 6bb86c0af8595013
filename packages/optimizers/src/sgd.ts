import { tf } from "@nearfar/tensor";
import { decays, type Decay } from "./decays.ts";
import type { Optimizer, Slots } from "./optimizer.ts";
import { updateLeaves } from "./updateLeaves.ts";
import { zeroSlots } from "./zeroSlots.ts";

export interface SgdOptions {
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly nesterov?: boolean;
  /** PyTorch decays every leaf unless it is told otherwise, and so do lightly's CIFAR runs. */
  readonly decay?: Decay;
}

/**
 * Stochastic gradient descent with momentum: `d = g + weightDecay · p; v = momentum · v + d; p -= rate · v` (Nesterov: `rate · (d + momentum · v)`).
 *
 * The rate multiplies the step, not the velocity, as in PyTorch's `torch.optim.SGD` (dampening 0), whose values it gives. Sutskever et al. 2013.
 */
export function sgd({ momentum = 0.9, weightDecay = 0, nesterov = false, decay = "all" }: SgdOptions = {}): Optimizer {
  return {
    name: "sgd",
    init: (params): Slots => (momentum ? { velocity: zeroSlots(params) } : {}),
    update: (gradients, params, slots, rate) =>
      tf.tidy(() => {
        const [keep, pull] = [tf.scalar(momentum), tf.scalar(weightDecay)]; // once: a number in an operation is a new tensor each time
        return updateLeaves(gradients, params, slots, (leaf, gradient, [velocity]) => {
          const d = weightDecay && decays(leaf, decay) ? tf.add(gradient, tf.mul(leaf, pull)) : gradient;
          if (!velocity) return [tf.sub(leaf, tf.mul(d, rate))];
          const v = tf.add(tf.mul(velocity, keep), d);
          const step = nesterov ? tf.add(d, tf.mul(v, keep)) : v;
          return [tf.sub(leaf, tf.mul(step, rate)), v];
        });
      }),
  };
}
