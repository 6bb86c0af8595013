import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { UserError } from "@nearfar/formats";
import { openTokenizer } from "@nearfar/tokenizers";
import { checkVocabulary } from "./checkVocabulary.ts";
import { clipText, type ClipText, type ClipTextOptions } from "./clipText.ts";
import { clipTextShapes } from "./clipTextShapes.ts";
import { readJsonObject } from "./readJsonObject.ts";
import { readWeights } from "./readWeights.ts";
import { sentenceModel, type SentenceModel } from "./sentenceModel.ts";

/** Opens a folder that `writeClipText` wrote; errors as `openModel`. */
export async function openClipText(folder: string, { name = basename(resolve(folder)) } = {}): Promise<SentenceModel> {
  const file = join(folder, "config.json");
  const { encoder: settings, maxTokens, normalize } = await readJsonObject(file);
  const encoder = encoderOf(settings as ClipTextOptions, file);
  if (!Number.isSafeInteger(maxTokens) || (maxTokens as number) < 3 || (maxTokens as number) > encoder.maxTokens)
    throw new UserError(
      `${file}: "maxTokens" is a whole number from 3 to ${encoder.maxTokens}; got ${String(maxTokens).slice(0, 100)}`,
    );
  const tokenizer = await openTokenizer(join(folder, "tokenizer.json"));
  checkVocabulary(folder, tokenizer, encoder.config.vocabularySize);
  const weights = join(folder, "model.safetensors");
  await stat(weights).catch(() => {
    throw new UserError(`${weights}: no such file; a model of texts has its weights there`);
  });
  const params = await readWeights(weights, clipTextShapes(encoder.config)); // last, so that no error leaves them behind
  return sentenceModel(
    { encoder, params, tokenizer },
    { name, maxTokens: maxTokens as number, normalize: normalize === true },
  );
}

function encoderOf(settings: ClipTextOptions, file: string): ClipText {
  try {
    return clipText(settings);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new UserError(`${file}: "encoder" is no transformer of texts: ${error.message}`);
  }
}
