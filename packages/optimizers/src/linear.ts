import { decaying } from "./decaying.ts";
import type { Schedule, ScheduleOptions } from "./schedule.ts";

/** Linear warm-up, then a straight line from `peak` to `end`: `end + (peak - end) · (1 - t)`. Throws RangeError where warm-up does not fit into the run. */
export function linear(options: ScheduleOptions): Schedule {
  return decaying((time) => 1 - time, options);
}
