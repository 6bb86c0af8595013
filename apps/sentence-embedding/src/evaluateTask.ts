import type { SentenceEncoder } from "@nearfar/encoders";
import { readTask } from "./readTask.ts";
import { scoreTask, type ScoreTaskOptions } from "./scoreTask.ts";
import type { Score } from "./score.ts";
import type { Task } from "./task.ts";

/** Reads a task's files and tells what a model scores in it: `readTask`, then `scoreTask`. */
export async function evaluateTask(model: SentenceEncoder, task: Task, options: ScoreTaskOptions = {}): Promise<Score> {
  return scoreTask(model, await readTask(task), options);
}
