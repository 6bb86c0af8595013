import { tf } from "@nearfar/tensor";
import { tensorsIn } from "./tensorsIn.ts";
import type { TrainingState } from "./trainingState.ts";

/** Whether every number of a state is one: a step may have a finite loss and leave weights that are not. */
export function allFinite(state: TrainingState): boolean {
  return tf.tidy(() =>
    tensorsIn(state).every((tensor) => tensor.dtype !== "float32" || tf.all(tf.isFinite(tensor)).dataSync()[0] === 1),
  );
}
