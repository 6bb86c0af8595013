import { openTable, UserError } from "@nearfar/formats";
import { readClassification } from "./readClassification.ts";
import { readRetrieval } from "./readRetrieval.ts";
import { taskColumns } from "./taskColumns.ts";
import { taskRows } from "./taskRows.ts";
import { labelledTexts } from "./labelledTexts.ts";
import type { Task } from "./task.ts";
import type { TaskData } from "./taskData.ts";
import type { TaskRow } from "./taskRow.ts";

/** Reads a task's files. Whatever is wrong with them, so that nothing could be measured, is a `UserError` that names file and row. */
export async function readTask(task: Task): Promise<TaskData> {
  if (task.type === "retrieval") return readRetrieval(task);
  if (task.type === "classification") return readClassification(task);
  const table = await openTable(task.files[0]!, { header: task.header });
  const columns = { ...taskColumns(table, task), ...(task.subsets !== undefined && { subset: task.subsets }) };
  const rows = await taskRows(table, columns, task.where);
  const sides = () => ({
    left: rows.map((row) => row.text("sentence1")),
    right: rows.map((row) => row.text("sentence2")),
  });
  switch (task.type) {
    case "bitext":
      return { type: "bitext", ...sides() };
    case "pairs":
      return { type: "pairs", ...sides(), labels: verdicts(table.path, rows) };
    case "sts": {
      const scores = Float64Array.from(rows, (row) => row.number("score"));
      if (scores.every((score) => score === scores[0]))
        throw new UserError(
          `${table.path}: at least two different scores are needed for a correlation; all ${rows.length} are ${scores[0]}.`,
        );
      return {
        type: "sts",
        ...sides(),
        scores,
        ...(task.subsets !== undefined && { subsets: subsetsOf(table.path, rows) }),
      };
    }
    case "clustering": {
      const classes = new Map<string, number>();
      const set = labelledTexts(rows, classes);
      if (classes.size < 2)
        throw new UserError(`${table.path}: at least two different labels are needed; got ${classes.size}.`);
      return { type: "clustering", set, classes: classes.size };
    }
  }
}

function verdicts(path: string, rows: readonly TaskRow[]): Int32Array {
  const labels = Int32Array.from(rows, (row) => {
    const label = row.number("label");
    if (label !== 0 && label !== 1)
      throw new UserError(`${row.at}: label is 1 for a pair that belongs together and 0 for others; got ${label}.`);
    return label;
  });
  if (!labels.includes(1)) throw new UserError(`${path}: at least one pair has label 1; all ${rows.length} have 0.`);
  return labels;
}

function subsetsOf(path: string, rows: readonly TaskRow[]): string[] {
  const subsets = rows.map((row) => row.text("subset"));
  const counts = new Map<string, number>();
  for (const name of subsets) counts.set(name, (counts.get(name) ?? 0) + 1);
  const alone = subsets.find((name) => counts.get(name) === 1);
  if (alone !== undefined)
    throw new UserError(`${path}: each subset has at least two pairs; ${JSON.stringify(alone.slice(0, 60))} has one.`);
  return subsets;
}
