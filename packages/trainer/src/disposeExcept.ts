import { tensorsIn } from "./tensorsIn.ts";
import type { TrainingState } from "./trainingState.ts";

/** Frees the tensors of a state that another one does not share. */
export function disposeExcept(state: TrainingState, other: TrainingState): void {
  const kept = new Set(tensorsIn(other));
  for (const tensor of tensorsIn(state)) if (!kept.has(tensor)) tensor.dispose();
}
