import { leaves, type Tensor } from "@nearfar/tensor";
import type { StepResult, TrainingState } from "@nearfar/trainer";

/** The state after a step; what only the state before it holds is freed. */
export function advance(before: TrainingState, { next, watched }: StepResult): TrainingState {
  watched.dispose();
  const kept = new Set(tensors(next));
  for (const tensor of tensors(before)) if (!kept.has(tensor)) tensor.dispose();
  return next;
}

function tensors({ params, state, slots }: TrainingState): Tensor[] {
  return [params, state, slots].flatMap((tree) => [...leaves(tree).values()]);
}
