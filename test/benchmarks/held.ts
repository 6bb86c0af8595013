import type { Row } from "./measurement.ts";

/** A target in words, and whether it is reached: for figures that are measured once. */
export function held(target: string, reached: boolean): Required<Pick<Row, "target" | "reached">> {
  return { target, reached: reached ? "yes" : "no" };
}
