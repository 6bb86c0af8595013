import { describe, expect, it } from "vitest";
import { retrievalMetrics } from "@nearfar/evaluation";
import { golden } from "@nearfar/testing";
import { expectClose } from "./expectClose.ts";
import { tasks } from "./tasks.ts";

interface Losses {
  metrics: {
    "ndcg@5": { gains_in_rank_order: number[]; relevant_total: number; value: number };
    mrr: { first_hit_ranks: (number | null)[]; value: number };
  };
}

const { ranked, ks, expected } = tasks.retrieval;
const qrels = tasks.retrieval.qrels.map((judged) => new Map(Object.entries(judged)));

describe("retrievalMetrics", () => {
  it("equals pytrec_eval's and MTEB's measures, graded", () => {
    const all = { ndcg: ks, mrr: ks, map: ks, recall: ks, precision: ks, accuracy: ks };
    expectClose(retrievalMetrics(ranked, qrels, all), expected, 12); // golden/makeTasks.py
  });

  it("takes by default the ranks of sentence-transformers' evaluator, and recall@100", () => {
    expect(Object.keys(retrievalMetrics(ranked, qrels))).toEqual(
      "ndcg@10 mrr@10 map@100 recall@1 recall@3 recall@5 recall@10 recall@100 precision@1 precision@3 precision@5 precision@10 accuracy@1 accuracy@3 accuracy@5 accuracy@10".split(
        " ",
      ),
    );
  });

  it("equals the golden nDCG and MRR", () => {
    const { "ndcg@5": ndcg, mrr } = golden<Losses>("losses.json").metrics; // NumPy, scikit-learn, torchmetrics (its note)
    const hits = ndcg.gains_in_rank_order.flatMap((gain, rank) => (gain ? [rank] : []));
    const missing = Array.from({ length: ndcg.relevant_total - hits.length }, (_, i) => 1000 + i);
    const relevant = new Map([...hits, ...missing].map((id) => [id, 1]));
    expect(retrievalMetrics([[0, 1, 2, 3, 4]], [relevant], { ndcg: [5] })["ndcg@5"]).toBeCloseTo(ndcg.value, 12);
    const lists = mrr.first_hit_ranks.map(() => [0, 1, 2, 3, 4]);
    const firsts = mrr.first_hit_ranks.map((rank) => new Map([[rank === null ? 99 : rank - 1, 1]]));
    expect(retrievalMetrics(lists, firsts)["mrr@10"]).toBeCloseTo(mrr.value, 12);
  });

  it("is 1 for the best order and 0 where nothing relevant was found", () => {
    const best = qrels.map((judged) => [...judged].sort((a, b) => b[1] - a[1]).map(([id]) => id));
    const some = qrels.map((judged) => [...judged.values()].some((grade) => grade > 0));
    const share = some.filter(Boolean).length / some.length; // one query has nothing to find and counts as 0
    const found = retrievalMetrics(best, qrels);
    for (const name of ["ndcg@10", "mrr@10", "map@100", "recall@100", "accuracy@1"])
      expect(found[name], name).toBeCloseTo(share, 12);
    expect(Object.values(retrievalMetrics(qrels.map(() => ["elsewhere"]), qrels)).every((value) => value === 0)).toBe(true); // prettier-ignore
  });

  it("refuses no query, another number of judgements, a document twice and ranks below 1", () => {
    expect(() => retrievalMetrics([], [])).toThrow("got 0 and 0");
    expect(() => retrievalMetrics([["a"]], [])).toThrow("got 1 and 0");
    expect(() => retrievalMetrics([["a"], ["a", "b", "a"]], [new Map(), new Map()])).toThrow("query 1 has one twice");
    expect(() => retrievalMetrics([["a"]], [new Map([["a", 1]])], { recall: [0] })).toThrow("got 0");
  });
});
