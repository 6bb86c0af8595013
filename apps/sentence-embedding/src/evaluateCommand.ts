import { join } from "node:path";
import { json, nonNegativeInteger, program, type Command } from "@nearfar/command";
import { writeFileAtomic } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { evaluateTexts } from "./evaluateTexts.ts";
import { evaluationText } from "./evaluationText.ts";

interface Flags {
  readonly run?: string;
  readonly init?: string;
  readonly task: readonly string[];
  readonly seed: string;
  readonly json?: boolean;
}

/** `nearfar text evaluate --run DIR | --init FOLDER --task SPEC --task SPEC ...`. */
export function evaluateCommand(): Command {
  return program("evaluate", "Measure a model in tasks, beside what it was before training and what words alone score")
    .option("--run <dir>", "the run directory whose model is measured; the result is kept in its evaluation.json")
    .option("--init <folder>", "a model folder instead of a run")
    .requiredOption(
      "--task <task>",
      "sts:FILE, retrieval:FOLDER, classification:FILE, clustering:FILE, pairs:FILE or bitext:FILE, rows and columns after a ?: sts:stsb.tsv?split=test; may be repeated",
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option("--seed <n>", "of the examples that are drawn for classification and of clustering", "0")
    .option("--json", "print JSON, with every measure")
    .action(run);
}

async function run({ run, init, task: tasks, seed, json: asJson }: Flags): Promise<void> {
  const options = {
    seed: nonNegativeInteger("--seed", seed),
    progress: (line: string) => void process.stderr.write(`${line} ...\n`),
  };
  loadEngine();
  const which = { ...(run !== undefined && { run }), ...(init !== undefined && { init }) };
  const evaluation = await evaluateTexts(which, tasks, options);
  if (run !== undefined) await writeFileAtomic(join(run, "evaluation.json"), Buffer.from(json(evaluation)));
  process.stdout.write(asJson ? json(evaluation) : evaluationText(evaluation));
}
