import type { Verdict } from "./measurement.ts";
import type { Ratio } from "./ratioOfMedians.ts";

/** Whether a ratio meets a bound: "yes" if its whole interval does, "within the noise" if the median alone. */
export function verdict({ value, low, high }: Ratio, bound: { atMost: number } | { atLeast: number }): Verdict {
  const meets = (x: number) => ("atMost" in bound ? x <= bound.atMost : x >= bound.atLeast);
  return meets(low) && meets(high) ? "yes" : meets(value) ? "within the noise" : "no";
}
