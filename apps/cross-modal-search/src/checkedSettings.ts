import { choice } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { choices } from "./choices.ts";
import type { Settings } from "./settings.ts";

/** Settings, once what would waste or break a training is ruled out: a name that is not known or a number out of its range is a `UserError`. */
export function checkedSettings(settings: Settings): Settings {
  choice("method", settings.method, choices.method);
  choice("lock", settings.lock, choices.lock);
  choice("tokens", settings.tokens, choices.tokens);
  choice("pool", settings.conv.pool, choices.pool);
  choice("fit", settings.pixels.fit, choices.fit);
  choice("resample", settings.pixels.resample, choices.resample);
  // One picture has no other to be told from: the loss would be 0 from the first step on.
  whole("batch", settings.batch, 2, 1e6);
  whole("seed", settings.seed, 0, Number.MAX_SAFE_INTEGER);
  whole("dimensions", settings.dimensions, 1, 65_536);
  whole("vocabulary", settings.vocabulary, 8, 1e7);
  whole("max-tokens", settings.maxTokens, 3, 1e6);
  whole("captions", settings.captions, 1, 1000);
  // Below 8 px a small net's strides leave nothing; above 1024 px a batch exceeds memory. 0: that of the model folder.
  if (settings.size !== 0) whole("size", settings.size, 8, 1024);
  whole("shift", settings.views.shift, 0, 1024);
  if (!(settings.temperature > 0)) throw new UserError(`temperature: a number above 0; got ${settings.temperature}.`);
  if (!(settings.rate > 0)) throw new UserError(`rate: a number above 0; got ${settings.rate}.`);
  for (const name of ["rateImage", "rateText", "weightDecay", "clip", "selfSupervision", "frequency"] as const)
    if (!(settings[name] >= 0)) throw new UserError(`${name}: a number of at least 0; got ${settings[name]}.`);
  share("warmup", settings.warmup);
  share("flip", settings.views.flip);
  if (!(settings.keepWords > 0))
    throw new UserError(`keep-words: a share above 0, at most 1; got ${settings.keepWords}.`);
  share("keep-words", settings.keepWords);
  const [from, to] = settings.views.crop;
  if (!(from > 0 && from <= to && to <= 1))
    throw new UserError(`crop: a share of the area, from and to, above 0 and at most 1; got ${from} to ${to}.`);
  if (settings.lock === "text" && settings.keepWords < 1)
    throw new UserError("keep-words: a locked tower of texts reads each caption once, as it is. Say --keep-words 1.");
  if (settings.lock === "image" && settings.method === "slip")
    throw new UserError("slip: trains the tower of pictures, which is locked. Say --method clip.");
  if (settings.lock !== "none" && (choices[settings.lock] as readonly string[]).includes(settings[settings.lock]))
    throw new UserError(
      `--lock ${settings.lock}: a new tower knows nothing, and locked it stays so. Start it with --${settings.lock} FOLDER.`,
    );
  return settings;
}

function share(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new UserError(`${name}: a share from 0 to 1; got ${value}.`);
}

function whole(name: string, value: unknown, least: number, most: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw new UserError(`${name}: a whole number from ${least} to ${most}; got ${String(value)}.`);
}
