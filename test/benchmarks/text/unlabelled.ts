import { loadEngine } from "@nearfar/tensor";
import type { Measurement } from "../measurement.ts";
import { dataFile } from "./dataFile.ts";
import { held } from "../held.ts";
import { scoresOf } from "./scoresOf.ts";
import { tasks } from "./tasks.ts";
import { trained } from "../trained.ts";

/** A static encoder from nothing and without any pairs, from `sentences-en` alone; the last weights are kept, no dev set is read. */
export const unlabelled: readonly Measurement[] = [
  // A quick PyTorch program with two disjoint random parts of a sentence as its views, on another day.
  unlabelledFor({ seconds: 150, atLeast: 64, peer: "a quick PyTorch program 63.6 (recorded)" }),
  // Its small transformer on the same sentences and seconds, which dropout alone cannot teach.
  unlabelledFor({ seconds: 600, atLeast: 67, peer: "sentence-transformers SimCSE 45.38 (recorded)" }),
];

interface Length {
  readonly seconds: number;
  readonly atLeast: number;
  readonly peer: string;
}

function unlabelledFor({ seconds, atLeast, peer }: Length): Measurement {
  const slice = `unlabelled${seconds}`;
  return {
    benchmark: "text",
    slice,
    measure: async ({ quick }) => {
      const length = ["--budget", quick ? "5s" : `${seconds}s`];
      const args = [dataFile("sentences"), "--column", "text=sentence", "--init", "static", ...length];
      return trained("text", slice, args, async (run, report) => {
        const [dev, test] = await scoresOf(["--run", run], [tasks.stsbDev(), tasks.stsbTest()]);
        const of = `static encoder from nothing, ${report.examples} sentences alone, ${report.seconds.toFixed(0)} s on two cores, ${report.seen} seen`;
        const [model, ...others] = test!.rows;
        return {
          rows: [
            { what: `${of}: STS-B dev`, ours: dev!.rows[0]!.main.toFixed(2) },
            {
              what: `${of}: STS-B test`,
              ours: model!.main.toFixed(2),
              peer,
              ...held(`>= ${atLeast}`, model!.main >= atLeast),
            },
            ...others.map(({ representation, main }) => ({
              what: `STS-B test: ${representation}`,
              ours: main.toFixed(2),
            })),
          ],
          versions: { tensorflow: loadEngine().version },
        };
      });
    },
  };
}
