import { existsSync } from "node:fs";
import { join } from "node:path";
import { openModel, type SentenceModel } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import { readPlainFile } from "./readPlainFile.ts";
import { readRun } from "./readRun.ts";

/** The model of a run of texts, `DIR/model`; the caller owns its weights. A folder that is no run, and a run without a model, are a `UserError`. */
export async function openRunModel(dir: string): Promise<SentenceModel> {
  await readRun(dir); // says what is wrong with a folder that is no run
  const folder = join(dir, "model");
  if (!existsSync(folder))
    throw new UserError(
      `${dir}: has no model of texts: ${folder} is not there. A run of texts writes it when a dev score is best, or at its end.`,
    );
  const settings = join(folder, "config.json");
  const other = existsSync(settings) ? others[String((await readPlainFile(settings)).model_type)] : undefined;
  if (other) throw new UserError(`${dir}: has no model of texts alone: it is a run of ${other}`);
  return openModel(folder);
}

const others: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  "nearfar-image": "pictures; nearfar image and nearfar pairs use it.",
  "nearfar-pairs": "pairs; nearfar pairs uses it.",
});
