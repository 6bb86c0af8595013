import { choice } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { choices } from "./choices.ts";
import type { Settings } from "./settings.ts";

/**
 * Settings from flags or from a run directory, once what would waste or break a training is ruled out.
 *
 * Throws UserError that begins with `where` for a name that is not known, and for a number that is missing or out of its range.
 */
export function checkedSettings(candidate: Settings | Readonly<Record<string, unknown>>, where = ""): Settings {
  const settings = candidate as Settings;
  try {
    for (const what of ["method", "encoder", "optimizer"] as const) choice(what, String(settings[what]), choices[what]);
    // One picture has no other to be told from: the loss would be 0 from the first step on.
    whole("batch", settings.batch, 2, 1e6);
    whole("seed", settings.seed, 0, Number.MAX_SAFE_INTEGER);
    // Below 8 px the small net's three strides leave nothing; above 1024 px a batch of views exceeds memory.
    whole("size", settings.size, 8, 1024);
    whole("projector.hidden", settings.projector?.hidden, 1, 65_536);
    whole("projector.out", settings.projector?.out, 1, 65_536);
    if (!(settings.temperature > 0)) throw new UserError(`temperature: a number above 0; got ${settings.temperature}.`);
    for (const name of ["rate", "weightDecay", "warmup"] as const)
      if (!(settings[name] >= 0)) throw new UserError(`${name}: a number of at least 0; got ${settings[name]}.`);
  } catch (error) {
    if (where === "" || !(error instanceof UserError)) throw error;
    throw new UserError(`${where}: ${error.message} Was it edited, or written by another version of nearfar?`);
  }
  return settings;
}

function whole(name: string, value: unknown, least: number, most: number): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw new UserError(`${name}: a whole number from ${least} to ${most}; got ${String(value)}.`);
}
