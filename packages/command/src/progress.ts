import cliProgress from "cli-progress";
import { durationText } from "./durationText.ts";

export interface ProgressOptions {
  /** How many steps there are. */
  total: number;
  label: string;
  /** Steps that were done before, by the run that is resumed. */
  start?: number;
  stream?: NodeJS.WriteStream;
  /** Milliseconds of a clock that only rises. */
  now?: () => number;
}

export interface Progress {
  /** `fields` is what stands beside it, in a few words: `812 images/s  loss 4.21 (chance 5.54)`. */
  update(done: number, fields?: string): void;
  /** Prints a line of its own, such as a warning. */
  note(text: string): void;
  /** Call it once, at the end, also when the work failed: the terminal is put right. */
  stop(): void;
}

/**
 * Shows how far the work is, with the time that is left, on stderr: `--json` output on stdout stays clean.
 *
 * A bar on a terminal. Elsewhere plain lines: the first, the last, and between them one in at least 10 s and 5 % of the
 * work, or in 60 s.
 */
export function progress(options: ProgressOptions): Progress {
  const { stream = process.stderr, total, start = 0, now = () => performance.now() } = options;
  const began = now();
  const left = (done: number): string =>
    done > start && done < total
      ? `${durationText((((now() - began) / 1000) * (total - done)) / (done - start))} left`
      : "";
  return stream.isTTY ? bar({ ...options, stream, start, left }) : lines({ ...options, stream, start, now, left });
}

type Known = Required<Omit<ProgressOptions, "now">> & { left: (done: number) => string };

function bar({ total, label, start, stream, left }: Known): Progress {
  let [at, told] = [start, rest(start, total)];
  const opened = (): cliProgress.SingleBar => {
    const format = `${label} {bar} {percentage}%  {told}`;
    // The program handles signals itself; wrapping stays on, for a process that is killed could not put it back.
    const options = { stream, format, barsize: 24, clearOnComplete: true, gracefulExit: false, linewrap: true, fps: 4 };
    const single = new cliProgress.SingleBar(options, cliProgress.Presets.shades_grey);
    single.start(total, at, { told });
    return single;
  };
  let single = opened();
  return {
    update(done, fields = "") {
      [at, told] = [done, rest(done, total, fields, left(done))];
      single.update(at, { told });
    },
    note(text) {
      single.stop(); // it goes back to where it began: what was printed meanwhile would be overwritten
      stream.write(`${text}\n`);
      single = opened();
    },
    stop() {
      single.stop();
      stream.write(line({ label, done: at, total, told }));
    },
  };
}

function lines({ total, label, start, stream, now, left }: Known & { now: () => number }): Progress {
  let last: { done: number; time: number } | undefined;
  const isDue = (done: number): boolean => {
    if (!last || done >= total) return last?.done !== done;
    const seconds = (now() - last.time) / 1000;
    return seconds >= 60 || (seconds >= 10 && done - last.done >= 0.05 * (total - start));
  };
  return {
    update(done, fields = "") {
      if (!isDue(done)) return;
      last = { done, time: now() };
      stream.write(line({ label, done, total, told: rest(done, total, fields, left(done)) }));
    },
    note: (text) => void stream.write(`${text}\n`),
    stop: () => {},
  };
}

const rest = (done: number, total: number, ...words: string[]): string =>
  [`${done}/${total}`, ...words.filter((word) => word !== "")].join("  ");

const line = ({ label, done, total, told }: { label: string; done: number; total: number; told: string }): string =>
  `${label} ${Math.floor((100 * done) / total)}%  ${told}\n`;
