import type { Schedule, ScheduleOptions } from "./schedule.ts";

/** Linear warm-up, then from `peak` to `end` along `shape` (1 at time 0, 0 at time 1 and after). Throws RangeError where warm-up does not fit into the run. */
export function decaying(
  shape: (time: number) => number,
  { steps, peak, warmup = 0, end = 0 }: ScheduleOptions,
): Schedule {
  if (!(steps >= 1) || !(warmup >= 0 && warmup <= steps))
    throw new RangeError(
      `schedule: steps are at least 1 and warm-up is at most as long; got ${steps} steps, ${warmup} of warm-up.`,
    );
  return (step) => {
    if (step < warmup) return (peak * (step + 1)) / warmup;
    const time = warmup === steps ? 1 : Math.min(1, (step - warmup) / (steps - warmup));
    return end + (peak - end) * shape(time);
  };
}
