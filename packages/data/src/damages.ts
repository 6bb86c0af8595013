import { UserError } from "@nearfar/formats";
import { checkReadable } from "./checkReadable.ts";
import type { UnreadableItem } from "./unreadable.ts";

/** What is wrong with a sample. */
export type DamageKind =
  | "picture missing"
  | "picture unreadable"
  | "no caption"
  | "caption empty"
  | "archive cut"
  | "outside the folder"
  | "too large";

/**
 * What to do about a damaged sample, after WebDataset's handlers: "raise" (`reraise_exception`), "skip" (`ignore_and_continue`),
 * "warn" (`warn_and_continue`), "skip and stop" (`ignore_and_stop`), "warn and stop" (`warn_and_stop`).
 */
export type DamagePolicy = "raise" | "skip" | "warn" | "skip and stop" | "warn and stop";

export interface DamageOptions {
  /** What to do about a damaged sample; to stop is to end there, as though the data did. */
  readonly onDamaged?: DamagePolicy;
  /** Where warnings go, a line each. */
  readonly warn?: (line: string) => void;
  /** The share of damaged samples above which reading on is refused; 1 allows all. */
  readonly mostDamaged?: number;
}

/** A sample's damage: `reason` ends with what to do about it. */
export interface Damage {
  readonly kind: DamageKind;
  /** Names the sample. */
  readonly sample: string;
  readonly reason: string;
}

export interface Damages {
  /** Damaged samples so far, by kind, each sample once. */
  readonly counts: Readonly<Partial<Record<DamageKind, number>>>;
  /** Acts by the policy on a damaged sample and says whether to go on; throws UserError where it is to raise or too many are damaged. */
  record(damage: Damage): boolean;
  /** A sample was read, damaged or not. */
  tried(): void;
  /** All samples were read: judges their share, however few they are. */
  finish(): void;
  /** What was passed over, with an example of each kind: a line each; empty where nothing was. */
  lines(): readonly string[];
}

/** Counts damaged samples by kind and does about them what the policy says. */
export function damages({ onDamaged = "warn", warn = console.warn, mostDamaged = 0.1 }: DamageOptions = {}): Damages {
  if (!policies.includes(onDamaged))
    throw new UserError(`onDamaged: one of ${policies.join(", ")} was expected; got ${JSON.stringify(onDamaged)}`);
  const counts: Partial<Record<DamageKind, number>> = {};
  const first = new Map<DamageKind, Damage>();
  const seen = new Set<string>();
  const failures: UnreadableItem[] = [];
  let samples = 0;
  const judge = () =>
    checkReadable(failures, samples, {
      most: mostDamaged,
      of: "samples are damaged",
      fix: "Repair them, or allow more (mostDamaged).",
    });
  return {
    counts,
    record(damage) {
      const { kind, sample, reason } = damage;
      if (onDamaged === "raise")
        throw new UserError(`${sample}: ${kind}: ${reason} Or pass over such samples: onDamaged "warn" or "skip".`);
      const goOn = !onDamaged.endsWith("stop");
      // Later passes meet the same samples again.
      const name = `${kind} ${sample}`;
      if (seen.has(name)) return goOn;
      seen.add(name);
      counts[kind] = (counts[kind] ?? 0) + 1;
      if (!first.has(kind)) first.set(kind, damage);
      failures.push({ path: sample, reason: kind });
      if (onDamaged.startsWith("warn") && counts[kind] <= TOLD)
        warn(
          `${sample}: ${kind}: ${reason}${counts[kind] === TOLD ? " More of this kind are counted and not named." : ""}`,
        );
      if (samples >= JUDGED) judge();
      return goOn;
    },
    tried() {
      samples++;
    },
    finish: judge,
    lines: () =>
      [...first].map(([kind, { sample, reason }]) => `passed over, ${kind}: ${counts[kind]} (${sample}: ${reason})`),
  };
}

const policies: readonly DamagePolicy[] = ["raise", "skip", "warn", "skip and stop", "warn and stop"];

/** Warnings of one kind. */
const TOLD = 5;

/** From this sample on the share of damaged ones is judged, as by `unreadable`. */
const JUDGED = 20;
