import { bagOfWordsSimilarity, pairClassification, pearson, spearman } from "@nearfar/evaluation";
import { bm25 } from "@nearfar/search";
import { flatMetrics } from "./flatMetrics.ts";
import type { Score } from "./score.ts";
import { scoreRankings } from "./scoreRankings.ts";
import type { TaskData } from "./taskData.ts";

/**
 * What words alone score in a task: BM25 in retrieval; for pairs the cosine of the counts of words, the same with inverse document frequencies
 * over the task's own texts, and the share of words in common (Jaccard). Other tasks have no baseline by words.
 */
export function baselineScores(data: TaskData): readonly { readonly name: string; readonly score: Score }[] {
  switch (data.type) {
    case "retrieval": {
      const index = bm25(data.documents);
      const search = (depth: number) => data.queries.map((query) => [...index.search(query, depth).indices]);
      return [{ name: "BM25", score: scoreRankings(data, search) }];
    }
    case "sts":
    case "pairs": {
      const pairs = data.left.map((text, i): [string, string] => [text, data.right[i]!]);
      const plain = bagOfWordsSimilarity(pairs);
      const weighted = bagOfWordsSimilarity(pairs, { corpus: pairs.flat() });
      return [
        { name: "bag of words", score: score(data, plain.cosine) },
        { name: "bag of words, idf", score: score(data, weighted.cosine) },
        { name: "Jaccard", score: score(data, plain.jaccard) },
      ];
    }
    default:
      return [];
  }
}

function score(data: Extract<TaskData, { type: "sts" | "pairs" }>, cosine: Float64Array): Score {
  if (data.type === "pairs") {
    const found = pairClassification(cosine, data.labels);
    return { main: 100 * found.averagePrecision, metrics: flatMetrics("pairs", { cosine: found }) };
  }
  const found = { spearman: spearman(cosine, data.scores), pearson: pearson(cosine, data.scores) };
  return { main: 100 * found.spearman, metrics: flatMetrics("sts", { cosine: found }) };
}
