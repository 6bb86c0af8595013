import { writeFile } from "node:fs/promises";
import { key, permutation } from "@nearfar/random";
import { jsonOf } from "../jsonOf.ts";
import type { Measurement } from "../measurement.ts";
import { outputOf } from "../outputOf.ts";
import { typescript } from "../typescript.ts";
import { allSentences } from "./allSentences.ts";
import { held } from "../held.ts";
import { nearfarText } from "./nearfarText.ts";
import { trained } from "../trained.ts";
import { workFile } from "../workFile.ts";

/** What miningProgram.ts prints. */
export interface MiningResult {
  readonly engine: string;
  readonly rows: number;
  readonly dimensions: number;
  readonly seconds: number;
  readonly peak: number;
  /** Rows of which a scalar search found other neighbours. */
  readonly wrong: number;
  readonly checked: number;
}

/** The 10 nearest of each of 100,000 sentences among all the others, exactly, in a process that does nothing else. */
export const mining: Measurement = {
  benchmark: "text",
  slice: "mining",
  measure: async ({ quick }) => {
    const count = quick ? 5_000 : 100_000;
    const all = await allSentences();
    const chosen = Array.from(permutation(key(1), all.length).subarray(0, count), (i) => all[i]!);
    const [texts, vectors] = [workFile("mining.txt"), workFile("mining.npy")];
    await writeFile(texts, chosen.map((text) => `${text}\n`).join(""));
    // A quick encoder: the vectors are those of real sentences, how good they are is not measured here.
    await trained(
      "text",
      "mining",
      [texts, "--init", "static", "--dimensions", "256", "--steps", quick ? "2" : "50"],
      (run) => outputOf(nearfarText("embed", texts, "--run", run, "--out", vectors)),
    );
    const found = await jsonOf<MiningResult>(typescript("text/miningProgram.ts", [vectors]));
    const of = `the 10 nearest of each of ${found.rows} x ${found.dimensions} vectors among the others`;
    return {
      rows: [
        { what: of, ours: `${found.seconds.toFixed(1)} s`, ...held("< 120 s", found.seconds < 120) },
        {
          what: `${of}: peak resident memory of the process`,
          ours: `${found.peak.toFixed(0)} MB`,
          ...held("< 1,000 MB", found.peak < 1000),
        },
        {
          what: `${of}: rows whose neighbours a scalar search in float64 confirms`,
          ours: `${found.checked - found.wrong} of ${found.checked}`,
          ...held("all", found.wrong === 0),
        },
      ],
      versions: { tensorflow: found.engine },
    };
  },
};
