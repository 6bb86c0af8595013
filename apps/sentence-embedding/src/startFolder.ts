import { openModel, type SentenceModel, type Transformer } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import type { Settings } from "./settings.ts";
import { startStatic } from "./startStatic.ts";
import type { Start } from "./start.ts";
import { transformerStart } from "./transformerStart.ts";

/** The model of a folder, to be trained on: a transformer, or a static embedding. */
export async function startFolder(settings: Settings): Promise<Start> {
  const model = await openModel(settings.init);
  const start =
    model.config.kind === "static"
      ? startStatic(
          model.tokenizer,
          { ...settings, dimensions: model.dimensions, frequency: 0, whiten: "none" },
          NO_CORPUS,
        )
      : transformerStart(transformerOf(model, settings.init), {
          maxTokens: Math.min(settings.maxTokens, model.config.maxTokens),
          longest: model.config.maxTokens,
          normalize: model.config.normalize,
        });
  // Its weights are given once: the training owns them from there.
  return Object.assign(Object.create(start) as Start, { encoder: { ...start.encoder, init: () => model.params } });
}

function transformerOf({ encoder, params, tokenizer, dimensions }: SentenceModel, folder: string) {
  if (dimensions !== encoder.features)
    throw new UserError(
      `${folder}: its vectors are cut to ${dimensions} of ${encoder.features} numbers; train on the whole model.`,
    );
  return { encoder: encoder as Transformer, params, tokenizer };
}

/** A table that is trained on stays as it is: not weighted, not whitened. */
const NO_CORPUS = { counts: () => new Float64Array(), sample: () => [] };
