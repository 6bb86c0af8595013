import {
  choice,
  ifGiven,
  nonNegativeInteger,
  positiveInteger,
  positiveNumber,
  program,
  skippedText,
  trainingConsole,
  trainingLength,
  trainingText,
  type Command,
  type LengthFlags,
  type TrainingConsole,
} from "@nearfar/command";
import { openPairs, openShards, type DamageOptions, type PairSet, type ShardSet } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { checkedSettings } from "./checkedSettings.ts";
import { choices } from "./choices.ts";
import { configurationFor } from "./configurationFor.ts";
import { drawnIcons } from "./drawnIcons.ts";
import { pairOptions } from "./pairOptions.ts";
import type { Settings } from "./settings.ts";
import { trainPairs } from "./trainPairs.ts";
import { withPairFlags, type PairFlags } from "./withPairFlags.ts";

interface Flags extends LengthFlags, PairFlags {
  readonly run: string;
  readonly config?: string;
  readonly method?: string;
  readonly image?: string;
  readonly text?: string;
  readonly lock?: string;
  readonly tokenizer?: string;
  readonly dimensions?: string;
  readonly size?: string;
  readonly captions?: string;
  readonly keepWords?: string;
  readonly tags?: boolean;
  readonly batch?: string;
  readonly temperature?: string;
  readonly rate?: string;
  readonly rateImage?: string;
  readonly rateText?: string;
  readonly evaluate?: string;
  readonly evaluateWhere?: readonly string[];
  readonly damaged?: string;
  readonly seed: string;
  readonly workers: string;
  readonly resume?: boolean;
}

/** `nearfar pairs train <pairs> --run DIR`. */
export function trainCommand(): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  const command = program(
    "train",
    "Train two towers on pictures with captions: from nothing, or from own or other models",
  )
    .argument(
      "<pairs>",
      "a table of pictures and captions, a folder with .txt or .json beside the pictures, shards (data-{00..09}.tar), or icons:lucide,tabler",
    )
    .requiredOption("--run <dir>", "the run directory to write")
    .option("--config <name>", "a configuration of apps/cross-modal-search/src/configs; flags override it")
    .option("--image <tower>", `${choices.image.join(", ")}, a model folder, or a run of pictures`)
    .option("--text <tower>", `${choices.text.join(", ")}, a model folder, or a run of texts`)
    .option("--lock <tower>", "image or text: this tower stays as it is")
    .option("--method <name>", `one of: ${choices.method.join(", ")}`)
    .option("--tokenizer <file>", "a tokenizer.json instead of a new vocabulary")
    .option("--dimensions <d>", "width of the space")
    .option("--size <px>", "the side of a picture in pixels")
    .option("--captions <n>", "captions of a picture in a step; all are its positives")
    .option("--keep-words <share>", "the least share of a caption's words that a step sees, in random order; 1 for all")
    .option("--tags", "captions are tags: all of a picture make one text")
    .option("--batch <n>", "pictures per step")
    .option("--temperature <t>", "where the temperature starts; it learns")
    .option(
      "--rate <r>",
      "the highest learning rate of what joins the towers, and of each tower without a rate of its own",
    )
    .option("--rate-image <r>", "that of the tower of pictures")
    .option("--rate-text <r>", "that of the tower of texts")
    .option("--epochs <n>", "passes over the pictures")
    .option("--steps <n>", "steps, instead of epochs")
    .option("--budget <time>", "a time such as 90s or 10m, instead of epochs: fixes the number of steps at the start")
    .option("--evaluate <pairs>", "a dev set: the best weights by its recall@10 are kept, not the last")
    .option("--evaluate-where <column=value>", "which of its rows; may be repeated", collect)
    .option("--damaged <policy>", `what to do about damaged samples: ${choices.damaged.join(", ")}`)
    .option("--seed <n>", "same seed, same bytes", "0")
    .option("--workers <n>", "threads that decode and augment; 0 uses the main thread", "1")
    .option("--resume", "go on from the run's last checkpoint");
  return withPairFlags(command).action(run);
}

async function run(pairs: string, flags: Flags): Promise<void> {
  const length = trainingLength(flags);
  const workers = nonNegativeInteger("--workers", flags.workers);
  const seed = nonNegativeInteger("--seed", flags.seed);
  const name = flags.config ?? (pairs.startsWith("icons:") ? "icons" : "photos");
  const settings = checkedSettings({
    ...configurationFor(name),
    ...overrides(flags),
    seed,
    ...(length && { length }),
  });
  const onDamaged = ifGiven(flags.damaged, (value) => choice("policy", value, choices.damaged));
  const early: string[] = []; // told once all is well: an error stands alone
  let out: TrainingConsole | undefined = undefined; // none before the data are open
  const warn = (line: string) => void (out?.introduced ? out.say(line) : early.push(line));
  const policy = { warn, ...(onDamaged && { onDamaged }) };
  const set = await openData(pairs, flags, policy);
  const dev = flags.evaluate === undefined ? undefined : await openDev(flags.evaluate, flags, policy);
  const told = (out = trainingConsole(loadEngine(), { batch: settings.batch, unit: "pairs", early: () => early }));
  try {
    const report = await trainPairs(set, flags.run, settings, {
      resume: flags.resume ?? false,
      workers,
      say: told.say,
      ...(flags.tokenizer !== undefined && { tokenizer: flags.tokenizer }),
      ...(dev && { evaluate: dev }),
      interrupted: told.interrupted,
      progress: told.progress,
    });
    told.done(summary(flags.run, report as unknown as Report));
  } finally {
    told.close();
  }
}

/** Archives are shards, all else is a table, a folder or icons. */
async function openData(path: string, flags: PairFlags, policy: DamageOptions): Promise<PairSet | ShardSet> {
  const options = { ...pairOptions(flags), ...policy };
  if (!/\.(tar|tar\.gz|tgz)$/i.test(path)) return drawnIcons(path, await openPairs(path, options));
  if (flags.images !== undefined || flags.where !== undefined || flags.column !== undefined)
    throw new UserError("--images, --where and --column are of tables; shards hold their own pictures and captions.");
  return openShards(path, policy);
}

async function openDev(
  path: string,
  { evaluateWhere, where: _, ...flags }: Flags,
  policy: DamageOptions,
): Promise<PairSet> {
  const options = pairOptions({ ...flags, ...(evaluateWhere && { where: evaluateWhere }) });
  return drawnIcons(path, await openPairs(path, { ...options, ...policy }));
}

function overrides(flags: Flags): Partial<Settings> {
  const rate = ifGiven(flags.rate, (value) => positiveNumber("--rate", value));
  const values = {
    method: ifGiven(flags.method, (value) => choice("method", value, choices.method)),
    image: flags.image,
    text: flags.text,
    lock: ifGiven(flags.lock, (value) => choice("lock", value, choices.lock)),
    dimensions: ifGiven(flags.dimensions, (value) => positiveInteger("--dimensions", value)),
    size: ifGiven(flags.size, (value) => positiveInteger("--size", value)),
    captions: ifGiven(flags.captions, (value) => positiveInteger("--captions", value)),
    keepWords: ifGiven(flags.keepWords, (value) => positiveNumber("--keep-words", value)),
    tags: flags.tags,
    batch: ifGiven(flags.batch, (value) => positiveInteger("--batch", value)),
    temperature: ifGiven(flags.temperature, (value) => positiveNumber("--temperature", value)),
    rate,
    rateImage: ifGiven(flags.rateImage, (value) => positiveNumber("--rate-image", value)) ?? rate,
    rateText: ifGiven(flags.rateText, (value) => positiveNumber("--rate-text", value)) ?? rate,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

interface Report {
  readonly steps: number;
  readonly seconds: number;
  readonly missed?: number;
  readonly truncated: number;
  readonly unreadable: readonly { readonly path: string }[];
}

function summary(run: string, { truncated, unreadable, ...report }: Report): string {
  const lines = [`${trainingText(report)}.`];
  if (truncated > 0) lines.push(`Captions longer than the tower of texts takes were cut (${truncated} times).`);
  const skipped = skippedText(unreadable);
  if (skipped !== undefined) lines.push(skipped);
  lines.push(`Model: ${run}/model. Next: nearfar pairs evaluate <pairs> --run ${run}, or nearfar pairs serve --run ${run} --images <dir>`); // prettier-ignore
  return lines.join("\n");
}
