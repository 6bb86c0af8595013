import type { Gradient, Params, Scalar } from "@nearfar/tensor";

/** What an optimizer remembers, a tree of tensors beside the weights: saved like them. */
export type Slots = Params;

/** One step of gradient descent as a pure function of tensors, so that it can be recorded: no value is read, the rate is a tensor. */
export interface Optimizer {
  readonly name: string;
  /** The slots before the first step; the caller owns them. */
  init(params: Params): Slots;
  /**
   * New weights and slots; nothing that came in is disposed. Leaves without a gradient (running statistics) pass through as the same tensors.
   * A leaf whose gradient comes by rows is given away: these rows of it and of its slots are written in place, and what comes back shares its memory.
   *
   * Throws RangeError for a gradient whose path is no trainable leaf, or whose shape is another.
   */
  update(
    gradients: ReadonlyMap<string, Gradient>,
    params: Params,
    slots: Slots,
    rate: Scalar,
  ): { params: Params; slots: Slots };
}
