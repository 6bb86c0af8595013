import {
  choice,
  ifGiven,
  nonNegativeInteger,
  onInterrupt,
  positiveInteger,
  positiveNumber,
  program,
  progress,
  skippedText,
  trainingLength,
  trainingText,
  type Command,
  type LengthFlags,
  type Progress,
} from "@nearfar/command";
import { loadEngine } from "@nearfar/tensor";
import { choices } from "./choices.ts";
import { configurationFor } from "./configurationFor.ts";
import { openPictures } from "./openPictures.ts";
import { settings } from "./settings.ts";
import { trainPictures } from "./trainPictures.ts";

interface Flags extends LengthFlags {
  readonly run: string;
  readonly config?: string;
  readonly method?: string;
  readonly encoder?: string;
  readonly batch?: string;
  readonly size?: string;
  readonly temperature?: string;
  readonly optimizer?: string;
  readonly rate?: string;
  readonly seed: string;
  readonly workers: string;
  readonly resume?: boolean;
  readonly exact?: boolean;
}

/** `nearfar image train <images> --run DIR`. */
export function trainCommand(): Command {
  return program("train", "Train an encoder on a folder or an archive of pictures, without labels")
    .argument(
      "<images>",
      "a folder, a .tar or .tar.gz, a path inside one (cifar10.tar.gz#train), or CIFAR-10's binary files",
    )
    .requiredOption("--run <dir>", "the run directory to write")
    .option("--config <name>", "a configuration of apps/image-pretraining/src/configs; flags override it")
    .option("--method <name>", `one of: ${choices.method.join(", ")}`)
    .option("--encoder <name>", `one of: ${choices.encoder.join(", ")}`)
    .option("--batch <n>", "pictures per step")
    .option("--size <px>", "the side of a view in pixels")
    .option("--temperature <t>", "what similarities are divided by")
    .option("--optimizer <name>", `one of: ${choices.optimizer.join(", ")}`)
    .option("--rate <r>", "the highest learning rate; without it, the configuration's for the batch")
    .option("--epochs <n>", "passes over the pictures")
    .option("--steps <n>", "steps, instead of epochs")
    .option("--budget <time>", "a time such as 90s or 10m, instead of epochs: fixes the number of steps at the start")
    .option("--seed <n>", "same seed, same bytes", "0")
    .option("--workers <n>", "threads that decode and augment; 0 uses the main thread", "1")
    .option("--exact", "decode every pixel of large JPEGs: no shrink-on-load")
    .option("--resume", "go on from the run's last checkpoint")
    .action(run);
}

async function run(images: string, flags: Flags): Promise<void> {
  const length = trainingLength(flags);
  const seed = nonNegativeInteger("--seed", flags.seed);
  const workers = nonNegativeInteger("--workers", flags.workers);
  const overrides = {
    method: ifGiven(flags.method, (value) => choice("method", value, choices.method)),
    encoder: ifGiven(flags.encoder, (value) => choice("encoder", value, choices.encoder)),
    optimizer: ifGiven(flags.optimizer, (value) => choice("optimizer", value, choices.optimizer)),
    batch: ifGiven(flags.batch, (value) => positiveInteger("--batch", value)),
    size: ifGiven(flags.size, (value) => positiveInteger("--size", value)),
    temperature: ifGiven(flags.temperature, (value) => positiveNumber("--temperature", value)),
    rate: ifGiven(flags.rate, (value) => positiveNumber("--rate", value)),
    ...(length ? { length } : {}),
  };
  const configuration = flags.config === undefined ? undefined : configurationFor(flags.config);
  const pictures = await openPictures(images, workers);
  const chosen = settings(
    configuration ?? configurationFor(pictures.set.source.kind === "pixels" ? "small" : "large"),
    seed,
    overrides,
  );
  const { name, version, threads, gpu } = loadEngine();
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const machine = gpu ? "GPU" : `${threads} threads`;
  const about = `${chosen.method} with ${chosen.encoder} on ${pictures.set.items.length} pictures of ${images}, batch ${chosen.batch}, ${chosen.size} px; engine ${name} (TensorFlow ${version}, ${machine}).`;
  let bar: Progress | undefined;
  let asked = false;
  let told = false;
  let began = performance.now();
  let first: number | undefined;
  const release = onInterrupt(() => {
    asked = true;
    say("Stopping after this step ...");
  });
  try {
    const report = await trainPictures(pictures, flags.run, chosen, {
      resume: flags.resume ?? false,
      exact: flags.exact ?? false,
      workers,
      started() {
        if (!told) say(about);
        told = true; // a budget's rehearsal starts once, the training after it again
        began = performance.now();
      },
      warn: (line) => (bar ? bar.note(line) : say(line)),
      interrupted: () => asked,
      progress({ step, steps, loss, chance }) {
        first ??= step - 1;
        bar ??= progress({ total: steps, label: "training", start: step });
        const rate = ((step - first) * chosen.batch * 1000) / (performance.now() - began);
        bar.update(
          step,
          `${rate.toFixed(0)} images/s  loss ${loss.toFixed(3)}${chance === undefined ? "" : ` (chance ${chance.toFixed(3)})`}`,
        );
      },
    });
    bar?.stop();
    bar = undefined;
    say(summary(flags.run, report as unknown as Report));
  } finally {
    bar?.stop();
    release();
  }
}

interface Report {
  readonly steps: number;
  readonly seconds: number;
  readonly missed?: number;
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

function summary(run: string, { unreadable, ...report }: Report): string {
  const skipped = skippedText(unreadable);
  return `${trainingText(report)}.${skipped === undefined ? "" : `\n${skipped}`}\nRun: ${run}. Next: nearfar image evaluate --run ${run} --train <images> --test <images>`;
}
