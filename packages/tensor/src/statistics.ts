import type { Tensor } from "@tensorflow/tfjs-core";
import { tf } from "./tf.ts";

/**
 * Collects what a forward pass learned besides gradients: the running mean and variance of batch-norm.
 *
 * A layer records a new value for the leaf that it read; the trainer puts the values in the leaves' places after the step. A layer that runs
 * twice in one step builds on the value that its first run left.
 */
export interface Statistics {
  latest(leaf: Tensor): Tensor;
  record(leaf: Tensor, value: Tensor): void;
  /** All leaves with their newest values; the caller owns the values. */
  entries(): ReadonlyMap<Tensor, Tensor>;
}

/** An empty collection. */
export function statistics(): Statistics {
  const values = new Map<Tensor, Tensor>();
  return {
    latest: (leaf) => values.get(leaf) ?? leaf,
    record(leaf, value) {
      values.get(leaf)?.dispose();
      values.set(leaf, tf.keep(value)); // it outlives the tidy scopes of the gradient
    },
    entries: () => values,
  };
}
