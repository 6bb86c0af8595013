import { decaying } from "./decaying.ts";
import type { Schedule, ScheduleOptions } from "./schedule.ts";

/**
 * Linear warm-up, then half a cosine: `end + (peak - end) · (1 + cos(π t)) / 2`, t from 0 to 1.
 *
 * Step `steps` (one past the last) has rate `end`, as in PyTorch's `CosineAnnealingLR(T_max=steps)`; warm-up as in lightly 1.6's
 * `CosineWarmupScheduler`. Loshchilov and Hutter 2017, eq. 5. Throws RangeError where warm-up does not fit into the run.
 */
export function cosine(options: ScheduleOptions): Schedule {
  return decaying((time) => (1 + Math.cos(Math.PI * time)) / 2, options);
}
