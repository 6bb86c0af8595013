import { loadEngine } from "@nearfar/tensor";
import { jsonOf } from "../jsonOf.ts";
import type { Measurement } from "../measurement.ts";
import { peersEnvironment, releases } from "../peers/environment.ts";
import { dataSets } from "./dataSets.ts";
import { held } from "../held.ts";
import { pairLists } from "./pairLists.ts";
import { scoresOf } from "./scoresOf.ts";
import { tasks } from "./tasks.ts";
import { trained } from "../trained.ts";
import { workFile } from "../workFile.ts";
import { writePairs } from "./writePairs.ts";

/** sentence-transformers 6.2.0's StaticEmbedding on the same pairs and seconds (peers/static_quality.py), on another day. */
const recorded = { stsb: 72.65, ndcg: 0.4616 } as const;

/** A static encoder from nothing on 208,930 pairs of open sources, in 270 s. */
export const pairs: readonly Measurement[] = [
  {
    benchmark: "text",
    slice: "pairs",
    measure: async ({ quick }) => {
      const lists = await pairLists();
      const all = lists.flatMap((list) => list.pairs);
      const file = workFile("pairs.tsv");
      await writePairs(file, all);
      const args = [file, "--init", "static", "--budget", quick ? "5s" : "270s"];
      return await trained("text", "pairs", args, async (run, { seconds, seen }) => {
        const [dev, test, scifact] = await scoresOf(
          ["--run", run],
          [tasks.stsbDev(), tasks.stsbTest(), tasks.scifact()],
        );
        const of = `static encoder from nothing, ${all.length} pairs, ${seconds.toFixed(0)} s on two cores, ${seen} seen`;
        const sts = test!.rows[0]!.main;
        const ndcg = scifact!.rows[0]!.metrics["retrieval.ndcg@10"]!;
        return {
          rows: [
            { what: `${of}: STS-B dev`, ours: dev!.rows[0]!.main.toFixed(2) },
            {
              what: `${of}: STS-B test`,
              ours: sts.toFixed(2),
              peer: `sentence-transformers ${recorded.stsb} (recorded)`,
              ...held("> 74", sts > 74),
            },
            {
              what: `${of}: SciFact test, nDCG@10`,
              ours: ndcg.toFixed(4),
              peer: `sentence-transformers ${recorded.ndcg} (recorded)`,
              ...held("> 0.48", ndcg > 0.48),
            },
            ...lists.map(({ name, pairs, dropped }) => ({
              what: `pairs: ${name}`,
              ours: `${pairs.length}; ${dropped} dropped, which hold a sentence of STS-B's dev or test set`,
            })),
          ],
          versions: { tensorflow: loadEngine().version },
        };
      });
    },
  },
  {
    benchmark: "text",
    slice: "pairs-peer",
    measure: async ({ quick }) => {
      const { command, env } = peersEnvironment(dataSets.stsb);
      const budget = quick ? "5" : "270";
      const found = await jsonOf<Peer>(command("static_quality.py", "--budget", budget), { env });
      const of = `StaticEmbedding from nothing, ${found.total_pairs} pairs, ${found.train_s.toFixed(0)} s on two cores, ${found.pairs_seen} seen: the peer on this machine`;
      return {
        rows: [
          { what: `${of}: STS-B dev`, peer: `sentence-transformers ${found.stsb_dev.toFixed(2)}` },
          { what: `${of}: STS-B test`, peer: `sentence-transformers ${found.stsb_test.toFixed(2)}` },
          { what: `${of}: SciFact test, nDCG@10`, peer: `sentence-transformers ${found.scifact_ndcg10.toFixed(4)}` },
        ],
        versions: { torch: found.torch, "sentence-transformers": releases["sentence-transformers"] },
      };
    },
  },
];

interface Peer {
  readonly total_pairs: number;
  readonly train_s: number;
  readonly pairs_seen: number;
  readonly stsb_dev: number;
  readonly stsb_test: number;
  readonly scifact_ndcg10: number;
  readonly torch: string;
}
