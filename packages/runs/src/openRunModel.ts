import { existsSync } from "node:fs";
import { join } from "node:path";
import { openModel, type SentenceModel } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import { readRun } from "./readRun.ts";

/** The model of a run of texts, `DIR/model`; the caller owns its weights. A folder that is no run, and a run without a model, are a `UserError`. */
export async function openRunModel(dir: string): Promise<SentenceModel> {
  await readRun(dir); // says what is wrong with a folder that is no run
  const folder = join(dir, "model");
  if (!existsSync(folder))
    throw new UserError(
      `${dir}: has no model of texts: ${folder} is not there. A run of pictures has none; one of texts writes it when a dev score is best, or at its end.`,
    );
  return openModel(folder);
}
