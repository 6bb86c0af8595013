import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  filesFingerprint,
  openTexts,
  readExamples,
  type OpenTextsOptions,
  type TextExample,
  type TextSet,
} from "@nearfar/data";
import type { SentenceEncoder, TextStart } from "@nearfar/encoders";
import { observer } from "@nearfar/evaluation";
import { UserError, writeFileAtomic } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { keepBest, writeReport, type OpenRun, type PlainObject } from "@nearfar/runs";
import { tf, type Params } from "@nearfar/tensor";
import { subsampling } from "@nearfar/text-augmentation";
import { train, type TrainOptions } from "@nearfar/trainer";
import { aboutToTrain } from "./aboutToTrain.ts";
import { assemble } from "./assemble.ts";
import { batchOf } from "./batchOf.ts";
import { checkedSettings } from "./checkedSettings.ts";
import { corpusOf } from "./corpusOf.ts";
import type { ExampleSource } from "./exampleSource.ts";
import { examplesInMemory } from "./examplesInMemory.ts";
import { examplesStreamed } from "./examplesStreamed.ts";
import { openStart } from "./openStart.ts";
import { openTextRun } from "./openTextRun.ts";
import { stepsOf } from "./stepsOf.ts";
import { trainingReport } from "./trainingReport.ts";
import type { Settings } from "./settings.ts";

export interface TrainTextsOptions extends Pick<TrainOptions<object>, "progress" | "interrupted" | "pauseAt"> {
  readonly resume?: boolean;
  /** What the columns are, and which rows are taken. */
  readonly columns?: OpenTextsOptions;
  /** A `tokenizer.json` in place of a new vocabulary. */
  readonly tokenizer?: string;
  /** Bytes of texts that are held in memory; more are streamed. */
  readonly limitBytes?: number;
  /** The model that `distil` learns from. */
  readonly teacher?: SentenceEncoder;
  /** The dev set: its score, higher is better, decides which weights are kept; `metrics` are logged. */
  readonly evaluate?: (model: SentenceEncoder) => Promise<{ score: number; metrics: Readonly<Record<string, number>> }>;
  /** Told in a line what is read and what follows from it, before training; and of a collapse while it trains. */
  readonly say?: (line: string) => void;
}

/**
 * Trains a sentence encoder on files of texts, or on a set that is open already, into a run directory, and returns the report that it wrote there.
 *
 * The model that is kept, the best by the dev set or else the last, lies in `DIR/model`, a folder that sentence-transformers reads too. The same settings, seed and
 * files give the same bytes, also after interruptions. Throws UserError for what the user can mend.
 */
export async function trainTexts(
  files: readonly string[] | TextSet,
  dir: string,
  settings: Settings,
  options: TrainTextsOptions = {},
): Promise<PlainObject> {
  const { resume = false, columns, limitBytes = 1e9, evaluate, say = () => {}, teacher, ...hooks } = options;
  const { seed, batch, method, mix, mlm, subsample, length } = checkedSettings(settings);
  const set = "examples" in files ? files : await openTexts(files, columns);
  const read = await readExamples(set, { limitBytes });
  if (!read && mix !== "none")
    throw new UserError(
      "--mix: files that are larger than the memory given are streamed one after the other. Raise --memory.",
    );
  const first = read ? read.examples : await head(set);
  const again = resume && existsSync(join(dir, "run.json"));
  say(set.description); // once the files are known to be readable: an error stands alone
  const run = await openTextRun(dir, settings, { again, files: set.files });
  try {
    return await trainIn(run);
  } finally {
    await run.close();
  }

  async function trainIn(run: OpenRun): Promise<PlainObject> {
    const own = join(dir, "tokenizer.json"); // of a new vocabulary: a resumed run goes on with it
    const given = again && existsSync(own) ? own : options.tokenizer;
    const { tokenizer, start: startOf } = await openStart(settings, {
      ...(given !== undefined && { tokenizer: given }),
      texts: () => textsOf(first),
    });
    const sourceOptions = {
      batch,
      method,
      encode: (text: string) => tokenizer.encode(text),
      leastTokens: method === "parts" || method === "declutr" ? LEAST_TOKENS : 1,
      raw: method === "distil",
    };
    const order = key(seed).fold("order");
    const cache = {
      path: join(dir, "tokens.safetensors"),
      fingerprint: await filesFingerprint(set.files, [tokenizer.json, columns ?? {}]),
      vocabulary: tokenizer.vocabularySize,
    };
    const source = read
      ? await examplesInMemory(order, set, { ...sourceOptions, read, mix, cache })
      : examplesStreamed(order, set, { ...sourceOptions, first });
    const corpus = corpusOf(source, tokenizer.vocabularySize);
    const start = startOf(corpus);
    const keep = subsample > 0 ? subsampling(corpus.counts(), { threshold: subsample }) : undefined;
    if (!again && settings.encoder !== "folder")
      await writeFileAtomic(own, Buffer.from(JSON.stringify(tokenizer.json)));
    say(aboutToTrain(settings, { source, start }));
    const warnings: string[] = [];
    const warn = (line: string) => {
      warnings.push(line);
      say(line);
    };
    const { method: objective, optimizer, schedule } = assemble(settings, start);
    const { trained, report } = await train(key(seed), { method: objective, optimizer }, run, {
      ...hooks,
      length: stepsOf(length, source),
      schedule,
      logEvery: 20,
      batches: (from) => batches(from, { source, start, keep }),
      observe: observer(start.encoder.features, {
        pairs: method !== "labels" && method !== "distil",
        most: 64, // the rank of 512 rows of 512 numbers would take a tenth of the time of training
        warn,
      }),
      evaluate: await evaluation(start),
    });
    tf.dispose(trained as never);
    const written = trainingReport(report, { source, start, batch, warnings });
    if (report.taken > 0) await writeReport(run, written); // a finished run keeps the report of its training
    return written;
  }

  /** The dev set decides which weights are kept; without one the last are. */
  async function evaluation(start: TextStart): Promise<NonNullable<TrainOptions<object>["evaluate"]>> {
    const best = await keepBest(dir);
    return {
      every: (steps) => (evaluate ? Math.max(1, Math.ceil(steps / LOOKS)) : steps),
      async look({ step, params }) {
        const model = start.model(params.encoder as Params);
        try {
          const { score, metrics } = (await evaluate?.(model)) ?? { score: step, metrics: {} };
          const highest = await best({ step, score, write: (folder) => model.write(folder) });
          if (evaluate) say(`Step ${step}: dev ${score.toFixed(2)} (best ${highest.toFixed(2)}).`);
          return metrics;
        } finally {
          model.dispose();
        }
      },
    };
  }

  async function* batches(
    from: number,
    { source, start, keep }: { source: ExampleSource; start: TextStart; keep: Float32Array | undefined },
  ): AsyncGenerator<object> {
    const views = key(seed).fold("views");
    for await (const drawn of source.from(from)) {
      const vectors = teacher ? (await teacher.encode(drawn.raw!)).data : undefined;
      yield batchOf(views.fold(drawn.step), drawn, {
        method,
        wrap: (ids) => start.wrap(ids),
        keep,
        masks: mlm > 0 ? start.tokenizer : undefined,
        teacher: vectors,
      });
    }
  }
}

/** Texts with fewer tokens have no parts worth comparing. */
const LEAST_TOKENS = 6;
/** Evaluations of the dev set over a run. */
const LOOKS = 10;
/** Examples read first of a set beyond memory: of these comes the vocabulary. */
const HEAD = 50_000;

async function head(set: TextSet): Promise<TextExample[]> {
  const first: TextExample[] = [];
  for await (const example of set.examples()) if (first.push(example) === HEAD) break;
  return first;
}

function* textsOf(examples: readonly TextExample[]): Generator<string> {
  for (const { texts } of examples) yield* texts;
}
