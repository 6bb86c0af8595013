import type { taskTypes } from "./taskTypes.ts";

/** A task as `parseTask` reads it: what is measured, on which rows of which files. */
export interface Task {
  /** As it was given. */
  readonly spec: string;
  readonly type: keyof typeof taskTypes;
  /** The table; of `classification` also two, train and test; of `retrieval` the folder. */
  readonly files: readonly string[];
  /** Columns by what they are to the task, in place of those that are so named. */
  readonly columns: Readonly<Record<string, string>>;
  /** Only rows with these values. */
  readonly where: Readonly<Record<string, string>>;
  /** Whether the first row of a `.csv` or `.tsv` names the columns. */
  readonly header: boolean;
  /** The column that parts an `sts` task into subsets. */
  readonly subsets?: string;
}
