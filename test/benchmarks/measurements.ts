import { compareViews } from "./compareViews.ts";
import { memory } from "./memory.ts";
import type { Measurement } from "./measurement.ts";
import { pairs } from "./pairs.ts";
import { quality } from "./quality.ts";
import { step } from "./step.ts";
import { text } from "./text.ts";

/** All measurements, in the order in which they are made and told. */
export const measurements: readonly Measurement[] = [
  ...step,
  ...compareViews,
  ...memory,
  ...quality,
  ...text,
  ...pairs,
];
