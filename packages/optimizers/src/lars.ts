import { native, tf, type Tensor } from "@nearfar/tensor";
import { decays, type Decay } from "./decays.ts";
import type { Optimizer, Slots } from "./optimizer.ts";
import { updateLeaves } from "./updateLeaves.ts";
import { wholeGradients } from "./wholeGradients.ts";
import { zeroSlots } from "./zeroSlots.ts";

export interface LarsOptions {
  readonly momentum?: number;
  /** 0 switches scaling off too, as in lightly. */
  readonly weightDecay?: number;
  readonly trust?: number;
  readonly epsilon?: number;
  /** Which leaves are decayed and scaled; the others (biases, norms) follow SGD with momentum. */
  readonly decay?: Decay;
}

/**
 * Layer-wise adaptive rates, for large batches: `d = local · (g + weightDecay · p); v = momentum · v + d; p -= rate · v`, with
 * `local = trust · |p| / (|g| + weightDecay · |p| + epsilon)` per leaf. A leaf or gradient that is all 0 is neither scaled nor decayed.
 *
 * You et al. 2017, eq. 6; values of lightly 1.6's `LARS`, defaults of its SimCLR on ImageNet.
 */
export function lars(options: LarsOptions = {}): Optimizer {
  const { momentum = 0.9, weightDecay = 1e-6, trust = 1e-3, epsilon = 1e-8, decay = "matrices" } = options;
  return {
    name: "lars",
    init: (params): Slots => (momentum ? { velocity: zeroSlots(params) } : {}),
    update: (gradients, params, slots, rate) =>
      tf.tidy(() => {
        const keep = tf.scalar(momentum);
        return updateLeaves(wholeGradients(gradients, params), params, slots, (leaf, gradient, [velocity]) => {
          const d =
            weightDecay && decays(leaf, decay) ? scaled(leaf, gradient, { weightDecay, trust, epsilon }) : gradient;
          const v = velocity ? tf.add(tf.mul(velocity, keep), d) : d;
          return velocity ? [tf.sub(leaf, tf.mul(v, rate)), v] : [tf.sub(leaf, tf.mul(v, rate))];
        });
      }),
  };
}

type Scaling = Required<Pick<LarsOptions, "weightDecay" | "trust" | "epsilon">>;

function scaled(leaf: Tensor, gradient: Tensor, { weightDecay, trust, epsilon }: Scaling): Tensor {
  const [p, g] = [length(leaf), length(gradient)];
  const local = tf.div(tf.mul(p, trust), tf.add(g, tf.add(tf.mul(p, weightDecay), epsilon)));
  const both = tf.logicalAnd(tf.greater(p, 0), tf.greater(g, 0)); // chosen on the engine: no value is read in a step
  const ofGradient = tf.where(both, local, tf.onesLike(local));
  const ofLeaf = tf.where(both, tf.mul(local, weightDecay), tf.zerosLike(local));
  return tf.add(tf.mul(gradient, ofGradient), tf.mul(leaf, ofLeaf));
}

/** √Σx², one pass: `L2Loss` is half the sum of squares. */
function length(x: Tensor): Tensor {
  return tf.sqrt(tf.mul(native("L2Loss", [x], { T: { type: "float32" } })[0]!, 2));
}
