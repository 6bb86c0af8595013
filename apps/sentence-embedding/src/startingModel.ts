import { existsSync } from "node:fs";
import { join } from "node:path";
import { openModel, type SentenceEncoder, type SentenceModel } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { load } from "@nearfar/runs";
import type { WhichModel } from "./openEncoder.ts";
import { untrainedModel } from "./untrainedModel.ts";

/**
 * What a model was before: of a run that began with a model folder that folder's, else the same architecture with random weights. Or the
 * reason why it is not known.
 */
export async function startingModel(
  model: SentenceEncoder,
  { run }: WhichModel,
): Promise<{ name: string; model: SentenceEncoder } | { reason: string }> {
  const configuration = run === undefined ? undefined : (await load(run)).configuration;
  if (configuration?.encoder === "folder") {
    const folder = String(configuration.init);
    if (existsSync(join(folder, "config.json")) || existsSync(join(folder, "modules.json")))
      return { name: "before training", model: await openModel(folder) };
    return { reason: `No row "before training": the model folder that the run began with, ${folder}, is not there.` };
  }
  if (!("encoder" in model && "config" in model))
    return {
      reason: 'No row "untrained": only of a model of this program or of a model folder is the architecture known.',
    };
  return { name: "untrained", model: untrainedModel(key(0).fold("init"), model as SentenceModel) };
}
