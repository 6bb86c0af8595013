import { existsSync } from "node:fs";
import {
  choice,
  ifGiven,
  nonNegativeInteger,
  positiveInteger,
  positiveNumber,
  program,
  trainingConsole,
  trainingLength,
  trainingText,
  type Command,
  type LengthFlags,
} from "@nearfar/command";
import { openTexts } from "@nearfar/data";
import { openModel } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { choices } from "./choices.ts";
import { columnOptions } from "./columnOptions.ts";
import { defaults } from "./defaults.ts";
import { parseTask } from "./parseTask.ts";
import { readTask } from "./readTask.ts";
import { scoreTask } from "./scoreTask.ts";
import type { Settings } from "./settings.ts";
import { trainTexts } from "./trainTexts.ts";
import { withColumnFlags, type ColumnFlags } from "./withColumnFlags.ts";

interface Flags extends ColumnFlags, LengthFlags {
  readonly run: string;
  readonly init: string;
  readonly method?: string;
  readonly tokenizer?: string;
  readonly vocabulary?: string;
  readonly dimensions?: string;
  readonly maxTokens?: string;
  readonly batch?: string;
  readonly temperature?: string;
  readonly symmetric?: boolean;
  readonly hardWeight?: string;
  readonly head?: boolean;
  readonly mlm?: string;
  readonly mix?: string;
  readonly matryoshka?: string;
  readonly optimizer?: string;
  readonly rate?: string;
  readonly frequency?: string;
  readonly subsample?: string;
  readonly whiten?: string;
  readonly evaluate?: string;
  readonly teacher?: string;
  readonly memory: string;
  readonly seed: string;
  readonly resume?: boolean;
}

/** `nearfar text train <files> --run DIR`. */
export function trainCommand(): Command {
  const command = program("train", "Train a sentence encoder on files of texts; their columns say the loss")
    .argument("<files...>", "files of texts: .txt, .csv, .tsv, .jsonl or .parquet, gzipped or not")
    .requiredOption("--run <dir>", "the run directory to write")
    .option(
      "--init <start>",
      "static (a new table of token vectors), small (a new transformer), or a model folder",
      "static",
    )
    .option("--method <name>", `one of: ${choices.method.join(", ")}; without it, what the columns say`)
    .option("--tokenizer <file>", "a tokenizer.json instead of a new vocabulary")
    .option("--vocabulary <n>", "tokens of a new vocabulary")
    .option("--dimensions <d>", "width of a new encoder's vectors")
    .option("--max-tokens <n>", "tokens of a text in training; longer ones are cut")
    .option("--batch <n>", "examples per step")
    .option("--temperature <t>", "what similarities are divided by")
    .option("--symmetric", "both directions: the right side finds the left one too")
    .option("--hard-weight <w>", "logarithm of the weight of an anchor's own hard negatives")
    .option("--head", "SimCSE's head on the encoder, in training only")
    .option("--mlm <weight>", "masked language modelling beside a loss of texts alone; SimCSE's authors have 0.1")
    .option("--mix <how>", `files as data sets that take turns: ${choices.mix.join(", ")}`)
    .option("--matryoshka <widths>", "widths that vectors may be cut to, such as 64,128,256")
    .option("--optimizer <name>", `one of: ${choices.optimizer.join(", ")}`)
    .option("--rate <r>", "the highest learning rate")
    .option("--frequency <a>", "weights a / (a + p) of a static encoder's tokens by their share p; 0 for none")
    .option("--subsample <t>", "keeps frequent tokens in views with the chance √(t / p); 0 keeps all")
    .option("--whiten <how>", `whiten a static encoder's table at the end: ${choices.whiten.join(", ")}`)
    .option("--epochs <n>", "passes over the texts")
    .option("--steps <n>", "steps, instead of epochs")
    .option("--budget <time>", "a time such as 90s or 10m, instead of epochs: fixes the number of steps at the start")
    .option("--evaluate <task>", "a dev set such as sts:dev.tsv: the best weights by it are kept, not the last")
    .option("--teacher <folder>", "the model folder that --method distil learns from")
    .option("--memory <megabytes>", "texts held in memory; larger files are streamed", "1000")
    .option("--seed <n>", "same seed, same bytes", "0")
    .option("--resume", "go on from the run's last checkpoint");
  return withColumnFlags(command).action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
  const length = trainingLength(flags);
  const columns = columnOptions(flags);
  const task = flags.evaluate === undefined ? undefined : await readTask(parseTask(flags.evaluate));
  const seed = nonNegativeInteger("--seed", flags.seed);
  const limitBytes = positiveInteger("--memory", flags.memory) * 1e6;
  const start = flags.init === "static" ? "static" : flags.init === "small" ? "transformer" : "folder";
  if (start === "folder" && !existsSync(flags.init))
    throw new UserError(`--init: static, small or a model folder; there is no folder ${JSON.stringify(flags.init)}.`);
  const set = await openTexts(files, columns);
  const given = flags.method === undefined ? undefined : choice("method", flags.method, choices.method);
  if ((given === "distil") !== (flags.teacher !== undefined))
    throw new UserError("--method distil needs --teacher FOLDER, and --teacher is for it alone.");
  const settings = {
    ...defaults(start, set.kind),
    init: flags.init,
    seed,
    ...overrides(flags, given),
    ...(length && { length }),
  };
  const engine = loadEngine();
  const teacher = flags.teacher === undefined ? undefined : await openModel(flags.teacher);
  const told = trainingConsole(engine, { batch: settings.batch, unit: "examples" });
  try {
    const report = await trainTexts(set, flags.run, settings, {
      resume: flags.resume ?? false,
      columns,
      limitBytes,
      say: told.say,
      ...(flags.tokenizer !== undefined && { tokenizer: flags.tokenizer }),
      ...(teacher && { teacher }),
      ...(task && {
        evaluate: async (model) => {
          const { main, metrics } = await scoreTask(model, task);
          return { score: main, metrics };
        },
      }),
      interrupted: told.interrupted,
      progress: told.progress,
    });
    told.done(summary(flags.run, report as unknown as Report));
  } finally {
    told.close();
    teacher?.dispose();
  }
}

function overrides(flags: Flags, method: Settings["method"] | undefined): Partial<Settings> {
  const values = {
    method,
    vocabulary: ifGiven(flags.vocabulary, (value) => positiveInteger("--vocabulary", value)),
    dimensions: ifGiven(flags.dimensions, (value) => positiveInteger("--dimensions", value)),
    maxTokens: ifGiven(flags.maxTokens, (value) => positiveInteger("--max-tokens", value)),
    batch: ifGiven(flags.batch, (value) => positiveInteger("--batch", value)),
    temperature: ifGiven(flags.temperature, (value) => positiveNumber("--temperature", value)),
    symmetric: flags.symmetric,
    hardWeight: ifGiven(flags.hardWeight, (value) => positiveNumber("--hard-weight", value)),
    head: flags.head,
    mlm: ifGiven(flags.mlm, (value) => share("--mlm", value)),
    mix: ifGiven(flags.mix, (value) => choice("mix", value, choices.mix)),
    matryoshka: ifGiven(flags.matryoshka, (value) =>
      value.split(",").map((width) => positiveInteger("--matryoshka", width)),
    ),
    optimizer: ifGiven(flags.optimizer, (value) => choice("optimizer", value, choices.optimizer)),
    frequency: ifGiven(flags.frequency, (value) => share("--frequency", value)),
    subsample: ifGiven(flags.subsample, (value) => share("--subsample", value)),
    rate: ifGiven(flags.rate, (value) => positiveNumber("--rate", value)),
    whiten: ifGiven(flags.whiten, (value) => choice("whiten", value, choices.whiten)),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** 0 or a positive number. */
const share = (flag: string, value: string) => (Number(value) === 0 ? 0 : positiveNumber(flag, value));

interface Report {
  readonly steps: number;
  readonly seconds: number;
  readonly missed?: number;
  readonly truncated: number;
}

function summary(run: string, { truncated, ...report }: Report): string {
  const cut = truncated > 0 ? `\nTexts longer than --max-tokens were cut (${truncated} times).` : "";
  return `${trainingText(report)}.${cut}\nModel: ${run}/model. Next: nearfar text evaluate --run ${run} --task sts:FILE, or nearfar text search FILE --run ${run} --query "..."`;
}
