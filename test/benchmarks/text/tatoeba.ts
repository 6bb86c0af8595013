import { loadEngine } from "@nearfar/tensor";
import type { Measurement } from "../measurement.ts";
import { dataFile } from "./dataFile.ts";
import { held } from "../held.ts";
import { points } from "../points.ts";
import { scoresOf } from "./scoresOf.ts";
import { trained } from "../trained.ts";
import { translations } from "./translations.ts";
import { workFile } from "../workFile.ts";
import { writePairs } from "./writePairs.ts";

/** English and Chinese in one space, from nothing: which of 1,000 unseen translations is a sentence's own. */
export const tatoeba: Measurement = {
  benchmark: "text",
  slice: "tatoeba",
  measure: async ({ quick }) => {
    const { pairs, dropped } = await translations();
    const file = workFile("tatoeba.tsv");
    await writePairs(file, pairs);
    const args = [file, "--init", "static", "--symmetric", "--budget", quick ? "5s" : "10m"];
    return await trained("text", "tatoeba", args, async (run, { seconds, seen }) => {
      const [found] = await scoresOf(["--run", run], [`bitext:${dataFile("tatoebaTest")}?header=no`]);
      const { metrics } = found!.rows[0]!;
      const of = `${pairs.length} translations (${dropped} dropped), ${seconds.toFixed(0)} s on two cores, ${seen} seen: recall@1 among 1,000`;
      const row = (direction: string, recall: number) => ({
        what: `${of}, ${direction}`,
        ours: `${points(recall)} %`,
        ...held(">= 10 % (100 times chance)", recall >= 0.1),
      });
      return {
        rows: [
          row("English to Chinese", metrics["bitext.recallAt1.forward"]!),
          row("Chinese to English", metrics["bitext.recallAt1.backward"]!),
        ],
        versions: { tensorflow: loadEngine().version },
      };
    });
  },
};
