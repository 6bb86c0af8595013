import { loadEngine } from "@nearfar/tensor";
import { jsonOf } from "../jsonOf.ts";
import type { Measurement } from "../measurement.ts";
import { peersEnvironment, releases } from "../peers/environment.ts";
import { dataSets } from "./dataSets.ts";
import { held } from "../held.ts";
import { miniLm } from "../miniLm.ts";
import { scoresOf } from "./scoresOf.ts";
import { tasks } from "./tasks.ts";

/** all-MiniLM-L6-v2 as it is shipped: the same scores as in sentence-transformers, on the same texts. */
export const shipped: Measurement = {
  benchmark: "text",
  slice: "shipped",
  measure: async ({ quick }) => {
    const { command, env } = peersEnvironment(dataSets.scifact);
    const wanted = [tasks.stsbTest(), ...(quick ? [] : [tasks.scifact()])]; // SciFact takes minutes on both sides
    const [sts, retrieval] = await scoresOf(["--init", miniLm()], wanted);
    const peer = await jsonOf<Peer>(command("shipped.py", ...(quick ? ["--quick"] : [])), { env });
    const ours = { sts: sts!.rows[0]!.main, ndcg: retrieval?.rows[0]!.metrics["retrieval.ndcg@10"] };
    const rows = [
      {
        what: "all-MiniLM-L6-v2, STS-B test, Spearman of the cosine",
        ours: ours.sts.toFixed(2),
        peer: `sentence-transformers ${peer.stsb_test.toFixed(2)}`,
        ...held("within 0.05", Math.abs(ours.sts - peer.stsb_test) <= 0.05),
      },
    ];
    if (ours.ndcg !== undefined && peer.scifact_ndcg10 !== undefined)
      rows.push({
        what: "all-MiniLM-L6-v2, SciFact test, nDCG@10",
        ours: ours.ndcg.toFixed(4),
        peer: `sentence-transformers ${peer.scifact_ndcg10.toFixed(4)}`,
        ...held("within 0.002", Math.abs(ours.ndcg - peer.scifact_ndcg10) <= 0.002),
      });
    const versions = { torch: peer.torch, "sentence-transformers": releases["sentence-transformers"] };
    return { rows, versions: { tensorflow: loadEngine().version, ...versions } };
  },
};

interface Peer {
  readonly stsb_test: number;
  readonly scifact_ndcg10?: number;
  readonly torch: string;
}
