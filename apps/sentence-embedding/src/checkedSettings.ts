import { choice } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { choices } from "./choices.ts";
import type { Settings } from "./settings.ts";

/** Settings, once what would waste or break a training is ruled out: a name that is not known or a number out of its range is a `UserError`. */
export function checkedSettings(settings: Settings): Settings {
  choice("method", settings.method, choices.method);
  choice("mix", settings.mix, choices.mix);
  choice("whiten", settings.whiten, choices.whiten);
  choice("optimizer", settings.optimizer, choices.optimizer);
  // One text has no other to be told from: the loss would be 0 from the first step on.
  whole("batch", settings.batch, 2, 1e6);
  whole("seed", settings.seed, 0, Number.MAX_SAFE_INTEGER);
  whole("dimensions", settings.dimensions, 1, 65_536);
  whole("vocabulary", settings.vocabulary, 0, 1e7);
  whole("max-tokens", settings.maxTokens, 3, 1e6);
  if (!(settings.temperature > 0)) throw new UserError(`temperature: a number above 0; got ${settings.temperature}.`);
  for (const name of ["rate", "weightDecay", "clip", "frequency", "subsample", "mlm"] as const)
    if (!(settings[name] >= 0)) throw new UserError(`${name}: a number of at least 0; got ${settings[name]}.`);
  if (!(settings.warmup >= 0 && settings.warmup <= 1))
    throw new UserError(`warmup: a share from 0 to 1; got ${settings.warmup}.`);
  if (settings.mlm > 0 && !VIEWED.includes(settings.method))
    throw new UserError(`mlm: goes with ${VIEWED.join(", ")}, which learn from texts alone; got ${settings.method}.`);
  if (settings.mlm > 0 && settings.encoder === "static")
    throw new UserError("mlm: needs a transformer, whose tokens have vectors of their own: --init small or a folder.");
  for (const width of settings.matryoshka) whole("matryoshka", width, 1, settings.dimensions);
  return settings;
}

const VIEWED: readonly Settings["method"][] = ["parts", "simcse", "declutr"];

function whole(name: string, value: unknown, least: number, most: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw new UserError(`${name}: a whole number from ${least} to ${most}; got ${String(value)}.`);
}
