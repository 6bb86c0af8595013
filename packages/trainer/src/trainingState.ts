import type { Params } from "@nearfar/tensor";

/** All that a step reads and replaces, as trees of tensors: weights, what the method remembers, what the optimizer remembers. */
export interface TrainingState {
  readonly params: Params;
  readonly state: Params;
  readonly slots: Params;
}
