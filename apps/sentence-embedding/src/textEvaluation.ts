import type { Score } from "./score.ts";
import type { Task } from "./task.ts";

/** What a model, or a baseline, scores in a task. */
export interface EvaluationRow extends Score {
  readonly representation: string;
  /** Of vectors; a baseline by words has none. */
  readonly dimensions?: number;
  /** Texts that were longer than the model takes, and were cut. */
  readonly truncated: number;
}

/** A task and its rows: the model first. */
export interface TaskEvaluation {
  readonly task: string;
  readonly type: Task["type"];
  /** How much is measured: pairs, queries and documents, texts and classes. */
  readonly size: Readonly<Record<string, number>>;
  readonly rows: readonly EvaluationRow[];
}

/** Plain data, one table per task. */
export interface TextEvaluation {
  readonly model: string;
  readonly tasks: readonly TaskEvaluation[];
  /** Which row is missing, and why. */
  readonly notes: readonly string[];
}
