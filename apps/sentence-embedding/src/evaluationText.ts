import { table } from "@nearfar/command";
import type { Task } from "./task.ts";
import type { EvaluationRow, TaskEvaluation, TextEvaluation } from "./textEvaluation.ts";

/** An evaluation for people: per task what is measured, then a table with its usual measures, in points (alignment and uniformity as they are). */
export function evaluationText({ tasks, notes }: TextEvaluation): string {
  return [...tasks.map(taskText), ...notes.map((note) => `${note}\n`)].join("\n");
}

function taskText({ task, type, size, rows }: TaskEvaluation): string {
  const counts = Object.entries(size).map(([name, count]) => `${count} ${name}`);
  const cut =
    rows[0]!.truncated > 0 ? `; ${rows[0]!.truncated} texts were longer than the model takes and were cut` : "";
  return `${task} (${counts.join(", ")}${cut})\n${table(rows.map((row) => cells(type, row)))}`;
}

function cells(type: Task["type"], { representation, dimensions, metrics }: EvaluationRow) {
  const shown = Object.entries(metrics).flatMap(([name, value]) =>
    COLUMNS[type].flatMap(([pattern, heading]) => {
      const found = pattern.exec(name.slice(type.length + 1));
      if (!found) return [];
      const text = /^(alignment|uniformity)$/.test(heading) ? value.toFixed(3) : (100 * value).toFixed(2);
      return [[heading.replace("$1", found[1] ?? ""), text]];
    }),
  );
  return { "": representation, dimensions, ...Object.fromEntries(shown) };
}

/** Of each type the measures shown, by their names without the type's, and what they are called. */
const COLUMNS: Readonly<Record<Task["type"], readonly (readonly [RegExp, string])[]>> = {
  sts: [
    [/^cosine\.spearman$/, "Spearman"],
    [/^cosine\.pearson$/, "Pearson"],
    [/^mean\.cosine\.spearman$/, "mean of subsets"],
    [/^weightedMean\.cosine\.spearman$/, "weighted mean"],
    [/^alignment$/, "alignment"],
    [/^uniformity$/, "uniformity"],
  ],
  retrieval: [
    [/^ndcg@10$/, "nDCG@10"],
    [/^mrr@10$/, "MRR@10"],
    [/^map@100$/, "MAP@100"],
    [/^recall@(10|100)$/, "R@$1"],
    [/^precision@10$/, "P@10"],
  ],
  classification: [
    [/^accuracy$/, "linear probe"],
    [/^knn@(\d+)$/, "k-NN (k $1)"],
    [/^mteb\.accuracy$/, "10 x 8 examples"],
  ],
  clustering: [
    [/^vMeasure$/, "v-measure"],
    [/^deviation$/, "deviation"],
  ],
  pairs: [
    [/^cosine\.averagePrecision$/, "average precision"],
    [/^cosine\.f1$/, "best F1"],
    [/^cosine\.accuracy$/, "best accuracy"],
  ],
  bitext: [
    [/^f1$/, "F1"],
    [/^recallAt1\.forward$/, "R@1 forward"],
    [/^recallAt1\.backward$/, "R@1 backward"],
  ],
};
