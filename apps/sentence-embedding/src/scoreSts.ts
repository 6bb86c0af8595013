import { sts, stsAlignmentUniformity, stsAll, takeRows } from "@nearfar/evaluation";
import type { Vectors } from "@nearfar/formats";
import { flatMetrics } from "./flatMetrics.ts";
import type { Score } from "./score.ts";
import type { TaskData } from "./taskData.ts";

/**
 * What the embeddings of an STS task's two sides score: the correlations of all pairs together (SentEval's "all"), with subsets their means
 * too; alignment and uniformity where the scores lie on the scale of STS-B (0 to 5, or 0 to 1) and some pair is above 4 of 5.
 */
export function scoreSts(
  left: Vectors,
  right: Vectors,
  { scores, subsets }: Pick<Extract<TaskData, { type: "sts" }>, "scores" | "subsets">,
): Score {
  const all = sts(left, right, scores);
  return {
    main: 100 * all.cosine.spearman,
    metrics: flatMetrics("sts", {
      ...all,
      ...(subsets && means(left, right, { scores, subsets })),
      ...spread(left, right, scores),
    }),
  };
}

function means(
  left: Vectors,
  right: Vectors,
  { scores, subsets }: { scores: Float64Array; subsets: readonly string[] },
): object {
  const rows = new Map<string, number[]>(subsets.map((name) => [name, []]));
  for (const [row, name] of subsets.entries()) rows.get(name)!.push(row);
  const { mean, weightedMean } = stsAll(
    [...rows.values()].map((own) => ({
      left: takeRows(left, own),
      right: takeRows(right, own),
      scores: own.map((row) => scores[row]!),
    })),
  );
  return { mean, weightedMean };
}

function spread(left: Vectors, right: Vectors, scores: Float64Array): object {
  const highest = scores.reduce((a, b) => Math.max(a, b));
  const above = highest <= 1 ? 0.8 : 4;
  if (highest > 5 || highest <= above || left.rows > MOST_PAIRS) return {};
  return stsAlignmentUniformity(left, right, scores, { above });
}

/** All pairs of sentences are compared: more of them do not fit into memory. */
const MOST_PAIRS = 8192;
