/** The learning rate of a step, counted from 0. */
export type Schedule = (step: number) => number;

export interface ScheduleOptions {
  /** All steps of the run, warm-up included. */
  readonly steps: number;
  readonly peak: number;
  /** Steps of linear rise: step k has `peak · (k + 1) / warmup`, so that none is wasted at 0. */
  readonly warmup?: number;
  readonly end?: number;
}
