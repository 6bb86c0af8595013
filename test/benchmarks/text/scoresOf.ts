import type { TextEvaluation } from "@nearfar/sentence-embedding";
import { jsonOf } from "../jsonOf.ts";
import { nearfarText } from "./nearfarText.ts";

/** What a task's rows say: the model's first, then those that it is held against. */
export type Scores = TextEvaluation["tasks"][number];

/** `nearfar text evaluate` of a run (`--run DIR`) or a model folder (`--init FOLDER`): the scores of each task, in their order. */
export async function scoresOf(which: readonly string[], tasks: readonly string[]): Promise<readonly Scores[]> {
  const named = tasks.flatMap((task) => ["--task", task]);
  return (await jsonOf<TextEvaluation>(nearfarText("evaluate", ...which, ...named, "--json"))).tasks;
}
