export type { Length } from "./countSteps.ts";
export { Interrupted } from "./interrupted.ts";
export { NonFiniteLoss } from "./nonFiniteLoss.ts";
export { rehearse, type RehearsalOptions } from "./rehearse.ts";
export { train, type TrainOptions, type TrainReport } from "./train.ts";
export type { TrainingState } from "./trainingState.ts";
export { trainStep, type StepResult } from "./trainStep.ts";
