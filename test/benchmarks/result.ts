import type { Measured } from "./measurement.ts";

/** A measurement as it is stored: what was measured, when, of which source, where. It names no place of the machine. */
export interface Result extends Measured {
  readonly name: string;
  readonly command: string;
  /** Few repetitions: a trial of the program, no figure. */
  readonly quick: boolean;
  readonly date: string;
  readonly commit: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly system: string;
    /** The share of the cores that other programs used just before, from 0 to 1. */
    readonly busy?: number;
  };
}
