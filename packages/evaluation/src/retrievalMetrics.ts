/** At which ranks each measure is taken. */
export interface RetrievalMetricsOptions {
  ndcg?: readonly number[];
  mrr?: readonly number[];
  map?: readonly number[];
  recall?: readonly number[];
  precision?: readonly number[];
  accuracy?: readonly number[];
}

/**
 * The measures of a search, means over queries: `{ "ndcg@10": 0.64, "mrr@10": 0.6, "map@100": 0.59, "recall@1": ..., ... }`.
 *
 * `ranked[q]` are the documents found for query q, best first; `relevance[q]` the judged documents and their grades, relevant above 0.
 * With `rel_i` the grade (at least 0) of the document at rank i and R the number of relevant documents:
 * - ndcg@k: `Σ_{i≤k} rel_i / log2(i + 1)` divided by the same of the best order: the gain is linear;
 * - map@k: `Σ_{i≤k, relevant} precision@i / R`; R also where it is above k (sentence-transformers divides by min(k, R));
 * - mrr@k: 1 / the rank of the first relevant document, 0 beyond k; accuracy@k: whether there is one;
 * - recall@k: the share of the R; precision@k: the share of k, also where fewer were found.
 *
 * The list's order is the ranking: there are no ties. `nearest` puts the document that stands first in the gallery first, trec_eval the
 * largest identifier. A query without a relevant document counts as 0 in all, as in pytrec_eval. Throws RangeError for no query, another
 * number of judgements or a document that was found twice.
 * Source: pytrec_eval's `ndcg_cut`, `map_cut`, `recall`, `P`, `success`, as BEIR and MTEB use them; the ranks are those of
 * sentence-transformers' `InformationRetrievalEvaluator`, and BEIR's recall@100.
 */
export function retrievalMetrics<Id>(
  ranked: readonly (readonly Id[])[],
  relevance: readonly ReadonlyMap<Id, number>[],
  options: RetrievalMetricsOptions = {},
): Record<string, number> {
  if (ranked.length === 0 || ranked.length !== relevance.length)
    throw new RangeError(
      `retrievalMetrics: there is a ranking and a map of judgements per query; got ${ranked.length} and ${relevance.length}.`,
    );
  const ks = { ...DEFAULTS, ...options };
  const judged = ranked.map((list, query) => judge(list, relevance[query]!, query));
  return Object.fromEntries(
    MEASURES.flatMap(([name, measure]) =>
      ks[name].map((k) => {
        if (!Number.isInteger(k) || k < 1)
          throw new RangeError(`retrievalMetrics: ${name} is taken at whole numbers from 1; got ${k}.`);
        return [`${name}@${k}`, judged.reduce((sum, query) => sum + measure(query, k), 0) / judged.length];
      }),
    ),
  );
}

const DEFAULTS: Required<RetrievalMetricsOptions> = {
  ndcg: [10],
  mrr: [10],
  map: [100],
  recall: [1, 3, 5, 10, 100],
  precision: [1, 3, 5, 10],
  accuracy: [1, 3, 5, 10],
};

/** A query's grades in the order of its ranking, and in the best order. */
interface Judged {
  grades: number[];
  best: number[];
}

function judge<Id>(list: readonly Id[], relevance: ReadonlyMap<Id, number>, query: number): Judged {
  if (new Set(list).size !== list.length)
    throw new RangeError(`retrievalMetrics: a document is found once; query ${query} has one twice.`);
  return {
    grades: list.map((id) => Math.max(0, relevance.get(id) ?? 0)),
    best: [...relevance.values()].filter((grade) => grade > 0).sort((a, b) => b - a),
  };
}

const gain = (grades: readonly number[], k: number) =>
  grades.slice(0, k).reduce((sum, grade, i) => sum + grade / Math.log2(i + 2), 0);
const hits = (grades: readonly number[], k: number) => grades.slice(0, k).filter((grade) => grade > 0).length;
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

function firstHit(grades: readonly number[], k: number): number {
  const rank = grades.findIndex((grade) => grade > 0);
  return rank !== -1 && rank < k ? rank + 1 : Infinity;
}

function precisions(grades: readonly number[], k: number): number {
  let found = 0;
  return grades.slice(0, k).reduce((sum, grade, i) => (grade > 0 ? sum + ++found / (i + 1) : sum), 0);
}

const MEASURES: readonly [keyof RetrievalMetricsOptions, (query: Judged, k: number) => number][] = [
  ["ndcg", ({ grades, best }, k) => share(gain(grades, k), gain(best, k))],
  ["mrr", ({ grades }, k) => 1 / firstHit(grades, k)],
  ["map", ({ grades, best }, k) => share(precisions(grades, k), best.length)],
  ["recall", ({ grades, best }, k) => share(hits(grades, k), best.length)],
  ["precision", ({ grades }, k) => hits(grades, k) / k],
  ["accuracy", ({ grades }, k) => (firstHit(grades, k) < Infinity ? 1 : 0)],
];
