import { loadEngine } from "@nearfar/tensor";
import type { Measurement } from "../measurement.ts";
import { dataFile } from "./dataFile.ts";
import { held } from "../held.ts";
import { miniLm } from "../miniLm.ts";
import { points } from "../points.ts";
import { scoresOf } from "./scoresOf.ts";
import { trained } from "../trained.ts";

/** all-MiniLM-L6-v2 adapted to the questions of Banking77's training set, with its 77 labels and without: the k-NN error on the test set. */
export const banking: Measurement = {
  benchmark: "text",
  slice: "banking",
  measure: async ({ quick }) => {
    const [file, init] = [dataFile("banking"), miniLm()];
    const errorOf = async (which: readonly string[]) => {
      const [found] = await scoresOf(which, [`classification:${file}`]);
      return 1 - found!.rows[0]!.metrics["classification.knn@10"]!;
    };
    const before = await errorOf(["--init", init]);
    const length = ["--budget", quick ? "5s" : "5m"];
    const adapted = (name: string, columns: readonly string[]) => {
      const args = [file, "--where", "split=train", ...columns.flatMap((column) => ["--column", column])];
      return trained(
        "text",
        `banking-${name}`,
        [...args, "--init", init, ...length],
        async (run, { seconds, seen }) => ({
          error: await errorOf(["--run", run]),
          what: `Banking77 test, k-NN error after ${seconds.toFixed(0)} s ${name} labels (${seen} questions seen)`,
        }),
      );
    };
    const taught = await adapted("with", ["text=text", "label=label"]);
    const alone = await adapted("without", ["text=text"]);
    const left = taught.error / before;
    return {
      rows: [
        { what: "Banking77 test, k-NN error (k 10) of all-MiniLM-L6-v2 as shipped", ours: `${points(before)} %` },
        {
          what: taught.what,
          ours: `${points(taught.error)} % (${(100 * left).toFixed(0)} % of what it was)`,
          ...held("at most 75 % of what it was", left <= 0.75),
        },
        { what: alone.what, ours: `${points(alone.error)} %`, ...held("not more", alone.error <= before) },
      ],
      versions: { tensorflow: loadEngine().version },
    };
  },
};
