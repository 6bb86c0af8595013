import { onInterrupt } from "./onInterrupt.ts";
import { progress, type Progress } from "./progress.ts";

export interface TrainingConsoleOptions {
  /** Examples per step. */
  readonly batch: number;
  /** What they are: `pairs` in `866 pairs/s`. */
  readonly unit: string;
  /** Lines that stand between the engine's and the first that is said, asked for when that is said. */
  readonly early?: () => readonly string[];
  readonly stream?: NodeJS.WriteStream;
}

/** What a training tells on stderr while it runs, and whether it was asked to stop. */
export interface TrainingConsole {
  /** Whether anything was said. */
  readonly introduced: boolean;
  /** A line of its own; before the first stands the engine's, so that an error before training stands alone. */
  say(line: string): void;
  progress(seen: { step: number; steps: number; loss: number; chance: number | undefined }): void;
  /** Whether Ctrl-C was pressed. */
  interrupted(): boolean;
  /** Ends the bar and says the last line. */
  done(line: string): void;
  /** Call it in any case: the terminal is put right, and signals are no longer taken. */
  close(): void;
}

/** The stderr of a `train` command, on the engine of `loadEngine`: lines, a bar with examples a second, loss and chance, and an interrupt that saves. */
export function trainingConsole(
  { name, version, threads, gpu }: { name: string; version: string; threads: number; gpu: boolean },
  { batch, unit, early = () => [], stream = process.stderr }: TrainingConsoleOptions,
): TrainingConsole {
  let introduced = false;
  let bar: Progress | undefined;
  let asked = false;
  let first: number | undefined;
  let began = performance.now();
  const say = (line: string): void => {
    const about = `Engine ${name} (TensorFlow ${version}, ${gpu ? "GPU" : `${threads} threads`}).`;
    if (!introduced) stream.write([about, ...early()].map((text) => `${text}\n`).join(""));
    introduced = true;
    if (bar) bar.note(line);
    else stream.write(`${line}\n`);
  };
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  const release = onInterrupt(() => {
    asked = true;
    say("Stopping after this step ...");
  });
  return {
    get introduced() {
      return introduced;
    },
    say,
    progress({ step, steps, loss, chance }) {
      if (first === undefined) began = performance.now();
      first ??= step;
      bar ??= progress({ total: steps, label: "training", start: step, stream });
      const rate = ((step - first) * batch * 1000) / (performance.now() - began);
      const told = step > first ? `${rate.toFixed(0)} ${unit}/s  ` : "";
      bar.update(step, `${told}loss ${loss.toFixed(3)}${chance === undefined ? "" : ` (chance ${chance.toFixed(3)})`}`);
    },
    interrupted: () => asked,
    done(line) {
      stop();
      say(line);
    },
    close() {
      stop();
      release();
    },
  };
}
