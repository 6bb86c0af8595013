import type { SentenceEncoder } from "@nearfar/encoders";
import { baselineScores } from "./baselineScores.ts";
import { openEncoder, type WhichModel } from "./openEncoder.ts";
import { parseTask } from "./parseTask.ts";
import { readTask } from "./readTask.ts";
import { scoreTask, type ScoreTaskOptions } from "./scoreTask.ts";
import { startingModel } from "./startingModel.ts";
import type { Task } from "./task.ts";
import type { TaskData } from "./taskData.ts";
import { taskSize } from "./taskSize.ts";
import type { EvaluationRow, TextEvaluation } from "./textEvaluation.ts";

export interface EvaluateTextsOptions extends ScoreTaskOptions {
  /** Told which row is being computed. */
  readonly progress?: (line: string) => void;
}

/**
 * What a model scores in each task, beside what it was before training and what words alone score.
 *
 * The model is that of a run (`{ run: "runs/x" }`), of a model folder (`{ init: folder }`), or any encoder of sentences, which stays the
 * caller's. All files are read before the first text is encoded. Errors as `openEncoder`, `parseTask` and `readTask`.
 */
export async function evaluateTexts(
  which: WhichModel | SentenceEncoder,
  tasks: readonly (string | Task)[],
  { progress = () => {}, ...options }: EvaluateTextsOptions = {},
): Promise<TextEvaluation> {
  const parsed = tasks.map((task) => (typeof task === "string" ? parseTask(task) : task));
  const read: { task: Task; data: TaskData }[] = [];
  for (const task of parsed) read.push({ task, data: await readTask(task) });
  const given = "encode" in which;
  const model = given ? which : await openEncoder(which);
  try {
    const start = await startingModel(model, given ? {} : which);
    try {
      const name = !given && which.run !== undefined ? "trained" : model.name;
      const models = [{ name, model }, ...("model" in start ? [start] : [])];
      const found: TextEvaluation["tasks"][number][] = [];
      for (const { task, data } of read) {
        const rows: EvaluationRow[] = [];
        for (const { name, model } of models) {
          progress(`${task.spec}: ${name}`);
          const before = model.truncated;
          const score = await scoreTask(model, data, options);
          rows.push({
            representation: name,
            dimensions: model.dimensions,
            truncated: model.truncated - before,
            ...score,
          });
        }
        for (const { name, score } of baselineScores(data)) rows.push({ representation: name, truncated: 0, ...score });
        found.push({ task: task.spec, type: task.type, size: taskSize(data), rows });
      }
      return {
        model: given ? model.name : (which.run ?? which.init)!,
        tasks: found,
        notes: "reason" in start ? [start.reason] : [],
      };
    } finally {
      if ("model" in start) start.model.dispose();
    }
  } finally {
    if (!given) model.dispose();
  }
}
