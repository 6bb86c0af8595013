import { tf, type Scalar } from "@nearfar/tensor";
import { decays, type Decay } from "./decays.ts";
import type { Optimizer } from "./optimizer.ts";
import { updateLeaves } from "./updateLeaves.ts";
import { zeroSlots } from "./zeroSlots.ts";

export interface AdamWOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
  /** PyTorch decays every leaf unless it is told otherwise. */
  readonly decay?: Decay;
}

/**
 * Adam with decoupled weight decay: `p -= rate · weightDecay · p`, then `p -= rate · (m / (1 - β1^t)) / (√(v / (1 - β2^t)) + epsilon)`,
 * m and v the running means of the gradient and of its square.
 *
 * Loshchilov and Hutter 2019, algorithm 2; values and defaults of PyTorch's `torch.optim.AdamW`. The slots' `step` is t, a scalar tensor.
 * Of a table whose gradient comes by rows only these rows, their means and their decay move, as in PyTorch's `torch.optim.SparseAdam`.
 */
export function adamW(options: AdamWOptions = {}): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01, decay = "all" } = options;
  return {
    name: "adamw",
    init: (params) => ({ step: tf.scalar(0), mean: zeroSlots(params), square: zeroSlots(params) }),
    update: (gradients, params, { step: before, mean, square }, rate) =>
      tf.tidy(() => {
        const step: Scalar = tf.add(before as Scalar, 1);
        const correction = tf.sqrt(oneMinusPower(beta2, step));
        const length = tf.div(tf.mul(rate, correction), oneMinusPower(beta1, step)); // both corrections moved out of the fraction
        const floor = tf.mul(correction, epsilon);
        const shrink = tf.sub(1, tf.mul(rate, weightDecay));
        const [new1, new2] = [tf.scalar(1 - beta1), tf.scalar(1 - beta2)];
        const moments = { mean: mean!, square: square! };
        const updated = updateLeaves(gradients, params, moments, (leaf, gradient, [mean, square]) => {
          const m = tf.add(mean!, tf.mul(tf.sub(gradient, mean!), new1));
          const v = tf.add(square!, tf.mul(tf.sub(tf.square(gradient), square!), new2));
          const shrunk = weightDecay && decays(leaf, decay) ? tf.mul(leaf, shrink) : leaf;
          return [tf.sub(shrunk, tf.mul(tf.div(m, tf.add(tf.sqrt(v), floor)), length)), m, v];
        });
        return { params: updated.params, slots: { step, ...updated.slots } };
      }),
  };
}

/** 1 - base^t, by expm1: the difference itself would lose half of float32's digits at t = 1. */
const oneMinusPower = (base: number, t: Scalar) => tf.neg(tf.expm1(tf.mul(t, Math.log(base))));
