import { durationText } from "./durationText.ts";

/** How long a training took: `400 steps in 3m 20s, 2.1 % over the budget`; `missed` is the share by which the budget was missed, where there was one. */
export function trainingText({
  steps,
  seconds,
  missed,
}: {
  readonly steps: number;
  readonly seconds: number;
  readonly missed?: number;
}): string {
  const clock =
    missed === undefined ? "" : `, ${Math.abs(100 * missed).toFixed(1)} % ${missed > 0 ? "over" : "under"} the budget`;
  return `${steps} steps in ${durationText(seconds)}${clock}`;
}
