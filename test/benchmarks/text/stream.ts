import { existsSync } from "node:fs";
import { rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { loadEngine } from "@nearfar/tensor";
import { readReport } from "@nearfar/runs";
import { jsonOf } from "../jsonOf.ts";
import type { Measurement, Row } from "../measurement.ts";
import { Skipped } from "../skipped.ts";
import { typescript } from "../typescript.ts";
import { allSentences } from "./allSentences.ts";
import { bigTextFile } from "./bigTextFile.ts";
import { held } from "../held.ts";
import type { TrainingReport } from "../trained.ts";
import { workFile } from "../workFile.ts";

/** What streamProgram.ts prints. */
export interface StreamResult {
  readonly peak: number;
}

/** A text file far beyond the memory that is allowed: what a minute of training on it holds resident. */
export const stream: Measurement = {
  benchmark: "text",
  slice: "stream",
  measure: async ({ quick }) => {
    const bytes = quick ? 2e8 : 5e9;
    const [file, run] = [workFile("stream.txt"), workFile("text-stream")];
    const { bavail, bsize } = await statfs(dirname(file));
    if (bavail * bsize < 1.2 * bytes)
      throw new Skipped(`a text file of ${bytes / 1e9} GB is written into the user's cache; there is no room for it.`);
    try {
      const lines = await bigTextFile(file, await allSentences(), bytes);
      const { size } = await stat(file);
      const steps = quick ? "10" : "400";
      const memory = quick ? "20" : "200";
      const args = ["text", "train", file, "--init", "static", "--memory", memory, "--steps", steps, "--run", run];
      const { peak } = await jsonOf<StreamResult>(typescript("text/streamProgram.ts", args));
      const { seconds, seen } = (await readReport({ dir: run })) as unknown as TrainingReport;
      const of = `text train --memory ${memory} on a file of ${(size / 1e9).toFixed(1)} GB (${lines} lines), ${seconds.toFixed(0)} s`;
      const whole = existsSync(`${run}/model`);
      const rows: Row[] = [
        {
          what: `${of}: peak resident memory of the process`,
          ours: `${peak.toFixed(0)} MB`,
          ...held("< 1,500 MB", peak < 1500 && whole),
        },
        {
          what: `${of}: how far it read while it trained, in its one pass`,
          ours: `${seen} lines drawn: at least ${((100 * seen) / lines).toFixed(1)} % of the file`,
        },
      ];
      return { rows, versions: { tensorflow: loadEngine().version } };
    } finally {
      await rm(file, { force: true });
      await rm(run, { recursive: true, force: true });
    }
  },
};
