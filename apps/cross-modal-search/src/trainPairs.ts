import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PairSet, ShardSet } from "@nearfar/data";
import { UserError, writeFileAtomic } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { createRun, keepBest, openRun, writeReport, type OpenRun, type PlainObject } from "@nearfar/runs";
import { tf, type Params } from "@nearfar/tensor";
import { train, type Length, type TrainOptions } from "@nearfar/trainer";
import { assemble } from "./assemble.ts";
import { batchOfPairs } from "./batchOfPairs.ts";
import { captionReader } from "./captionReader.ts";
import { checkedSettings } from "./checkedSettings.ts";
import { decodePairs } from "./decodePairs.ts";
import { isNewText } from "./isNewText.ts";
import { lockTower, type LockedTower } from "./lockTower.ts";
import { openImageStart } from "./openImageStart.ts";
import { openTextStart } from "./openTextStart.ts";
import { pairData, type PairData } from "./pairData.ts";
import { pairModel } from "./pairModel.ts";
import type { PairSource } from "./pairSource.ts";
import { scorePairs } from "./scorePairs.ts";
import type { Settings } from "./settings.ts";
import type { Towers } from "./towers.ts";
import { watchTowers } from "./watchTowers.ts";

export interface TrainPairsOptions extends Pick<TrainOptions<object>, "progress" | "interrupted" | "pauseAt"> {
  readonly resume?: boolean;
  /** Threads that decode and augment; 0 uses this one. */
  readonly workers?: number;
  /** A `tokenizer.json` in place of a new vocabulary. */
  readonly tokenizer?: string;
  /** The dev set: the mean of recall@10 in both directions decides which weights are kept. */
  readonly evaluate?: PairSet;
  /** How often the dev set is looked at over a training. */
  readonly looks?: number;
  /** Told in a line what is read and what follows from it, before training; and of a collapse while it trains. */
  readonly say?: (line: string) => void;
}

/**
 * Trains two towers on pictures with captions into a run directory, and returns the report that it wrote there.
 *
 * The model that is kept, the best by the dev set or else the last, lies in `DIR/model`. The same settings, seed and pairs give the same bytes for
 * any number of workers, also after interruptions. Throws UserError for what the user can mend.
 */
export async function trainPairs(
  pairs: PairSet | ShardSet,
  dir: string,
  settings: Settings,
  { resume = false, workers = 1, evaluate, looks = 10, say = () => {}, tokenizer, ...hooks }: TrainPairsOptions = {},
): Promise<PlainObject> {
  const { seed, batch, dimensions, length, tags, text: start } = checkedSettings(settings);
  const again = resume && existsSync(join(dir, "run.json"));
  const own = join(dir, "tokenizer.json"); // of a new vocabulary: a resumed run goes on with it
  const given = again && existsSync(own) ? own : tokenizer;
  const data = await pairData(pairs, {
    workers,
    tags,
    seed,
    batch,
    captions: isNewText(start) && (given === undefined || settings.frequency > 0),
  });
  const dev = evaluate && (await decodePairs(evaluate, { workers, tags }));
  const towers: Towers = {
    image: await openImageStart(settings),
    text: await openTextStart(settings, {
      captions: () => data.captions(),
      ...(given !== undefined && { tokenizer: given }),
    }),
  };
  const { image, text } = towers;
  const run = await openPairRun(dir, settings, { again, data });
  say(data.description); // once the data, the towers and the run are known to be good: an error stands alone
  try {
    if (isNewText(start) && !again) await writeFileAtomic(own, Buffer.from(JSON.stringify(text.tokenizer.json)));
    const locked = await lockTower(dir, towers, data, { ...settings, workers });
    try {
      return await trainIn(run, locked);
    } finally {
      if (locked) tf.dispose(locked.params);
    }
  } finally {
    await run.close();
  }

  async function trainIn(run: OpenRun, locked: LockedTower | undefined): Promise<PlainObject> {
    const reader = captionReader(text.tokenizer, settings.keepWords);
    const source = data.source({
      batch,
      captions: settings.captions,
      pairs: settings.method === "slip",
      preprocessing: image.preprocessing,
      reader: locked?.texts ? undefined : reader,
      seed,
      tags,
      views: settings.views,
      withoutPictures: locked?.images !== undefined,
      workers,
    });
    try {
      if (source.description) say(source.description);
      say(aboutToTrain(settings, { source, towers }));
      const warnings: string[] = [];
      const warn = (line: string) => {
        warnings.push(line);
        say(line);
      };
      const { method, optimizer, schedule } = assemble(settings, towers);
      const { trained, report } = await train(key(seed), { method, optimizer }, run, {
        ...hooks,
        length: stepsOf(length, source),
        schedule,
        logEvery: 20,
        batches: (first) => batches(first, source, { reader, locked }),
        observe: watchTowers(dimensions, { warn }),
        evaluate: await evaluation(locked?.params),
      });
      tf.dispose(trained as never);
      const written = {
        ...report,
        ...(source.count !== undefined && { pictures: source.count }),
        seen: report.steps * source.batch,
        pairsPerSecond: (report.taken * source.batch) / report.seconds,
        truncated: text.truncated,
        warnings,
        damaged: pairs.damaged,
        unreadable: source.unreadable(),
      } as unknown as PlainObject;
      if (report.taken > 0) await writeReport(run, written); // a finished run keeps the report of its training
      return written;
    } finally {
      await source.close();
    }
  }

  async function* batches(
    first: number,
    source: PairSource,
    { reader, locked }: { reader: ReturnType<typeof captionReader>; locked: LockedTower | undefined },
  ): AsyncGenerator<object> {
    const views = key(seed).fold("texts");
    for await (const drawn of source.from(first))
      yield batchOfPairs(views.fold(drawn.step), drawn, {
        size: image.preprocessing.size,
        reader,
        wrap: (ids) => text.wrap(ids),
        locked: locked ?? {},
      });
  }

  /** The dev set decides which weights are kept; without one the last are. */
  async function evaluation(locked: Params | undefined): Promise<NonNullable<TrainOptions<object>["evaluate"]>> {
    const best = await keepBest(dir);
    return {
      every: (steps) => (dev ? Math.max(1, Math.ceil(steps / looks)) : steps),
      async look({ step, params }) {
        const model = pairModel(towers, params, { dimensions, locked });
        try {
          const found = dev && (await scorePairs(model, dev, { workers }));
          const score = found?.score ?? step;
          const highest = await best({ step, score, write: (folder) => model.write(folder) });
          if (found) say(`Step ${step}: dev recall@10 ${percent(score)} (best ${percent(highest)}).`);
          return found?.metrics ?? {};
        } finally {
          model.dispose();
        }
      },
    };
  }
}

/** The run directory of a training: a new one, or, `again`, the one that was begun with the same settings and data. */
function openPairRun(dir: string, settings: Settings, { again, data }: { again: boolean; data: PairData }) {
  const { fingerprint } = data;
  const configuration = { ...settings, encoder: `${settings.image} and ${settings.text}` };
  const plain = configuration as unknown as Parameters<typeof createRun>[1];
  return again ? openRun(dir, { expected: plain, data: fingerprint }) : createRun(dir, plain, { data: fingerprint });
}

/** What is trained on what, in a line. */
function aboutToTrain(
  { method, lock, dimensions }: Settings,
  { source, towers: { image, text } }: { source: PairSource; towers: Towers },
): string {
  const told = (side: "image" | "text", name: string) => (lock === side ? `a locked ${name}` : name);
  const many = source.count === undefined ? "pictures streamed from shards" : `${source.count} pictures`;
  return `${method} of ${told("image", image.encoder.name)} at ${image.preprocessing.size} px and ${told("text", text.encoder.name)} with ${text.tokenizer.vocabularySize} tokens, ${dimensions} dimensions, batch ${source.batch}: ${many}.`;
}

function stepsOf(length: Settings["length"], { batchesPerEpoch }: PairSource): Length {
  if (!("epochs" in length)) return length;
  if (batchesPerEpoch === undefined)
    throw new UserError("Shards are streamed, and nobody knows how many samples they hold: say --steps or --budget.");
  return { steps: length.epochs * batchesPerEpoch };
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
