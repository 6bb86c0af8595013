import { UserError } from "@nearfar/formats";
import { duration } from "./duration.ts";
import { positiveInteger } from "./positiveInteger.ts";

/** How long to train, as flags say it: one of the three, or none. */
export interface LengthFlags {
  readonly epochs?: string;
  readonly steps?: string;
  readonly budget?: string;
}

/** The length that `--epochs`, `--steps` or `--budget` says, undefined where none is given; two of them are a `UserError`. */
export function trainingLength({
  epochs,
  steps,
  budget,
}: LengthFlags): { epochs: number } | { steps: number } | { seconds: number } | undefined {
  const given = [epochs, steps, budget].filter((value) => value !== undefined).length;
  if (given > 1) throw new UserError("--epochs, --steps and --budget each say how long: give one of them.");
  if (epochs !== undefined) return { epochs: positiveInteger("--epochs", epochs) };
  if (steps !== undefined) return { steps: positiveInteger("--steps", steps) };
  return budget === undefined ? undefined : { seconds: duration("--budget", budget) };
}
