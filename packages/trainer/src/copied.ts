import { mapLeaves, tf, type Params, type Tensor } from "@nearfar/tensor";
import type { TrainingState } from "./trainingState.ts";

/** A state with memory of its own: a clone would share it. */
export function copied({ params, state, slots }: TrainingState): TrainingState {
  const copies = (tree: Params) => mapLeaves(tree, copy);
  return { params: copies(params), state: copies(state), slots: copies(slots) };
}

const copy = (tensor: Tensor) =>
  tf.tidy(() =>
    tensor.dtype === "bool" ? tf.logicalNot(tf.logicalNot(tensor)) : tf.add(tensor, tf.scalar(0, tensor.dtype)),
  );
