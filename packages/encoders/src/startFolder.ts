import { join } from "node:path";
import { UserError } from "@nearfar/formats";
import { isThere } from "./isThere.ts";
import { openClip } from "./openClip.ts";
import { openModel } from "./openModel.ts";
import { readJsonObject } from "./readJsonObject.ts";
import type { SentenceModel } from "./sentenceModel.ts";
import { startStatic } from "./startStatic.ts";
import type { TextEncoder } from "./textEncoder.ts";
import type { TextStart } from "./textStart.ts";
import { transformerStart } from "./transformerStart.ts";

export interface StartFolderOptions {
  /** Tokens of a text in training. */
  readonly maxTokens: number;
  /** Vectors of length 1; without it as the folder says, of a static embedding always. */
  readonly normalize?: boolean;
}

/** The model of a folder, to be trained on: a transformer, or a static embedding, whose table stays as it is, neither weighted nor whitened. */
export async function startFolder(folder: string, { maxTokens, normalize }: StartFolderOptions): Promise<TextStart> {
  const model = await openTexts(folder);
  const start =
    model.config.kind === "static"
      ? startStatic(model.tokenizer, {
          dimensions: model.dimensions,
          deviation: 0,
          maxTokens,
          normalize: normalize ?? true,
        })
      : transformerStart(transformerOf(model, folder), {
          maxTokens: Math.min(maxTokens, model.config.maxTokens),
          longest: model.config.maxTokens,
          normalize: normalize ?? model.config.normalize,
        });
  // Its weights are given once: the training owns them from there.
  return Object.assign(Object.create(start) as TextStart, { encoder: { ...start.encoder, init: () => model.params } });
}

/** A model of sentences, or the tower of texts of a CLIP. */
async function openTexts(folder: string): Promise<SentenceModel> {
  const file = join(folder, "config.json");
  const kind = (await isThere(file)) ? (await readJsonObject(file)).model_type : undefined;
  if (kind === "siglip")
    throw new UserError(`${folder}: the text tower of a SigLIP is not trained on; CLIP's is, and BERT's family.`);
  if (kind !== "clip") return openModel(folder);
  const { images, texts } = await openClip(folder);
  images.dispose();
  return texts;
}

function transformerOf({ encoder, params, tokenizer, dimensions }: SentenceModel, folder: string) {
  if (dimensions !== encoder.features)
    throw new UserError(
      `${folder}: its vectors are cut to ${dimensions} of ${encoder.features} numbers; train on the whole model.`,
    );
  return { encoder: encoder as TextEncoder, params, tokenizer };
}
