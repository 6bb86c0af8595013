import { retrievalMetrics } from "@nearfar/evaluation";
import { flatMetrics } from "./flatMetrics.ts";
import type { Score } from "./score.ts";
import type { TaskData } from "./taskData.ts";

/** What a search is worth, nDCG@10 before all; `search` gives each query's documents, the best first, at least `depth` of them where it finds so many. */
export function scoreRankings(
  { documents, relevance }: Extract<TaskData, { type: "retrieval" }>,
  search: (depth: number) => readonly (readonly number[])[],
): Score {
  const found = retrievalMetrics(search(Math.min(DEPTH, documents.length)), relevance);
  return { main: 100 * found["ndcg@10"]!, metrics: flatMetrics("retrieval", found) };
}

/** The deepest rank that a measure looks at. */
const DEPTH = 100;
