import type { Ratio } from "./ratioOfMedians.ts";

/** "within the noise": the median meets the target, the whole interval does not. */
export type Verdict = "yes" | "within the noise" | "no";

/** One line of the results: figures as text with their units, and what they are held against. */
export interface Row {
  readonly what: string;
  readonly ours?: string;
  readonly peer?: string;
  readonly ratio?: Ratio;
  readonly target?: string;
  readonly reached?: Verdict;
}

/** What a measurement gives: lines, the versions of what was measured, and the samples behind the figures. */
export interface Measured {
  readonly rows: readonly Row[];
  readonly versions: Readonly<Record<string, string>>;
  readonly samples?: Readonly<Record<string, readonly number[]>>;
}

/** A part of a benchmark that is measured and stored by itself. `quick` takes few repetitions: a trial of the program, no figure. */
export interface Measurement {
  readonly benchmark: string;
  readonly slice: string;
  readonly measure: (options: { readonly quick: boolean }) => Promise<Measured>;
}
