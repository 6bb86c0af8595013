import type { Fingerprint } from "./fingerprint.ts";
import type { Plain } from "./plain.ts";

/** What decides a run's result, as plain JSON: the named fields, and whatever else the program wants to find again. */
export interface Configuration {
  readonly method: string;
  readonly encoder: string;
  readonly seed: number;
  readonly batch: number;
  /** Absent until it is known: a budget fixes it after the first steps. */
  readonly steps?: number;
  readonly [name: string]: Plain | undefined;
}

/** A run directory, as `load` reads it. */
export interface Run {
  readonly dir: string;
  readonly configuration: Configuration;
  /** Of the data that the run was started on. */
  readonly data: Fingerprint | null;
  /** The version of nearfar that started it. */
  readonly nearfar: string;
}

/** A run that this process alone may write to, from `createRun` or `openRun`. */
export interface OpenRun extends Run {
  /** Gives the lock back. A process that dies without it leaves a lock that the next one takes over. */
  close(): Promise<void>;
}
