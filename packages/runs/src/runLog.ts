import { join } from "node:path";
import { EventWriter, JsonLinesWriter } from "@nearfar/formats";
import type { OpenRun } from "./run.ts";

export interface RunLogOptions {
  /** The step of the checkpoint that training goes on from: what was logged after it is cut away. */
  from?: number;
}

/** The log of a run. Await each call before the next. */
export interface RunLog {
  /** Appends a line, `step` first and the values in their order; numbers also go to TensorBoard, under their names. */
  write(step: number, values: Readonly<Record<string, number | string>>): Promise<void>;
  /** Returns when all lines are on the disk: call it before a checkpoint, and a resumed log misses none. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens `log.jsonl` and a TensorBoard event file to append to.
 *
 * `log.jsonl` holds no times, so that a resumed run's equals an uninterrupted one's, byte for byte; TensorBoard's events
 * do. A number that is not finite is written as a string (`"NaN"`). A last line that a crash cut off is dropped.
 */
export async function runLog(run: OpenRun, { from = 0 }: RunLogOptions = {}): Promise<RunLog> {
  const lines = await JsonLinesWriter.open(join(run.dir, "log.jsonl"), { keepWhile: (line) => stepOf(line) <= from });
  const events = await EventWriter.open(run.dir, from > 0 ? { resumeStep: from + 1 } : {});
  return {
    async write(step, values) {
      const entries = Object.entries(values);
      const written = entries.map(([name, value]) => [name, finite(value) ? value : String(value)]);
      await lines.write({ step, ...(Object.fromEntries(written) as Record<string, number | string>) });
      const numbers = entries.filter((entry): entry is [string, number] => typeof entry[1] === "number");
      if (numbers.length > 0) await events.scalar(step, Object.fromEntries(numbers));
    },
    sync: () => lines.sync(),
    async close() {
      await lines.close();
      await events.close();
    },
  };
}

/** A line without a step is no line of ours: it and what follows is dropped. */
function stepOf(line: unknown): number {
  const step = (line as { step?: unknown } | null)?.step;
  return typeof step === "number" ? step : Infinity;
}

const finite = (value: number | string) => typeof value === "string" || Number.isFinite(value);
