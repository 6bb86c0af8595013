import { openTable, UserError } from "@nearfar/formats";
import { labelledTexts } from "./labelledTexts.ts";
import type { Task } from "./task.ts";
import { taskColumns } from "./taskColumns.ts";
import type { TaskData } from "./taskData.ts";
import { taskRows } from "./taskRows.ts";

/**
 * The training and the test rows of two files, or of one with a column "split": "train", and "test" unless the task says `split=dev`.
 *
 * A test row of a class that has no training row is a `UserError`.
 */
export async function readClassification(task: Task): Promise<TaskData> {
  const tables = await Promise.all(task.files.map((file) => openTable(file, { header: task.header })));
  const [first, second = first] = tables as [(typeof tables)[0], ...typeof tables];
  const splits = first === second;
  if (splits && !first.columns.includes("split"))
    throw new UserError(
      `${first.path}: a table for classification has a column "split" with the values "train" and "test"; or give two files, classification:TRAIN,TEST.`,
    );
  const { split = "test" } = task.where;
  if (splits && split === "train")
    throw new UserError(
      `task ${JSON.stringify(task.spec)}: the rows with split=train are learned from. Test on others.`,
    );
  const columns = taskColumns(first, task);
  const classes = new Map<string, number>();
  const rows = {
    train: splits ? { ...task.where, split: "train" } : task.where,
    test: splits ? { ...task.where, split } : task.where,
  };
  const train = labelledTexts(await taskRows(first, columns, rows.train), classes);
  if (classes.size < 2)
    throw new UserError(`${first.path}: at least two different labels are needed to learn from; got ${classes.size}.`);
  const test = labelledTexts(await taskRows(second, taskColumns(second, task), rows.test), classes, { closed: true });
  return { type: "classification", train, test, classes: classes.size };
}
