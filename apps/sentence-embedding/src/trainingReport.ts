import type { TextStart } from "@nearfar/encoders";
import type { PlainObject } from "@nearfar/runs";
import type { TrainReport } from "@nearfar/trainer";
import type { ExampleSource } from "./exampleSource.ts";

export interface ReportParts {
  readonly source: ExampleSource;
  readonly start: TextStart;
  readonly batch: number;
  readonly warnings: readonly string[];
}

/** What is told once, at the end, and written to `report.json`. */
export function trainingReport(report: TrainReport, { source, start, batch, warnings }: ReportParts): PlainObject {
  return {
    ...report,
    ...(source.count !== undefined && { examples: source.count }),
    seen: report.steps * batch,
    examplesPerSecond: (report.taken * batch) / report.seconds,
    blank: source.blank,
    duplicates: source.duplicates,
    short: source.short,
    truncated: start.truncated,
    warnings,
  } as unknown as PlainObject;
}
