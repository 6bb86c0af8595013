import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@nearfar/formats";

/**
 * Where a tower to start from lies: a model folder itself, or the model of a run of pictures, of texts or of pairs.
 *
 * A name that is neither, and a run that has no model yet, are a `UserError` that lists what a tower may be.
 */
export async function towerFolder(side: "image" | "text", path: string, names: readonly string[]): Promise<string> {
  if (!existsSync(path))
    throw new UserError(
      `--${side}: ${names.join(", ")}, a model folder or a run; there is no folder ${JSON.stringify(path)}.`,
    );
  const isRun = existsSync(join(path, "run.json"));
  const folder = isRun ? join(path, "model") : path;
  if (isRun && !existsSync(folder))
    throw new UserError(`${path}: has no model yet: a run writes it at its end, or when a dev score is best.`);
  return (await kindOf(folder)) === "nearfar-pairs" ? join(folder, side) : folder;
}

async function kindOf(folder: string): Promise<unknown> {
  try {
    return (JSON.parse(await readFile(join(folder, "config.json"), "utf8")) as { model_type?: unknown }).model_type;
  } catch {
    return undefined; // what opens the folder says what is wrong with it
  }
}
