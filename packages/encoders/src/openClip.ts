import { basename, join, resolve } from "node:path";
import { readSafetensorsFile, toFloat32, UserError, type NamedArray } from "@nearfar/formats";
import { tree, type Params } from "@nearfar/tensor";
import { openTokenizer } from "@nearfar/tokenizers";
import { checkVocabulary } from "./checkVocabulary.ts";
import { clipLeaves } from "./clipLeaves.ts";
import { clipModel, type ClipModel } from "./clipModel.ts";
import { clipText } from "./clipText.ts";
import { fitWeights } from "./fitWeights.ts";
import { hubFields } from "./hubFields.ts";
import { hubText } from "./hubText.ts";
import { hubVision } from "./hubVision.ts";
import { isThere } from "./isThere.ts";
import { padded } from "./padded.ts";
import { readJsonObject } from "./readJsonObject.ts";
import { readPreprocessing } from "./readPreprocessing.ts";
import { visionTransformer } from "./visionTransformer.ts";

/**
 * Opens a Hugging Face folder of CLIP or SigLIP: `config.json`, `model.safetensors` (F32, F16, BF16), `preprocessor_config.json`, `tokenizer.json`.
 *
 * Projections are part of the towers, whose parts a training can start from. A missing or broken file, weights, tokenizer or preprocessing that do not
 * belong together, and what is not supported are a `UserError` that names the file. Source: transformers 5 `modeling_clip.py`, `modeling_siglip.py`.
 */
export async function openClip(folder: string, { name = basename(resolve(folder)) } = {}): Promise<ClipModel> {
  const file = join(folder, "config.json");
  const json = await readJsonObject(file);
  const kind = json.model_type;
  if (kind !== "clip" && kind !== "siglip")
    throw new UserError(
      `${file}: model_type is ${JSON.stringify(kind)?.slice(0, 100) ?? "missing"}; a model of pictures and texts was expected, clip or siglip`,
    );
  const out = kind === "clip" ? hubFields.number(json, "projection_dim", 512) : 0;
  if (kind === "clip" && !(out >= 1)) throw new UserError(`${file}: projection_dim is ${JSON.stringify(out)}`);
  const image = hubVision(hubFields.part(json, "vision_config", file), { kind, out, file });
  const stated = hubFields.part(json, "text_config", file);
  const text = hubText(stated, { kind, out, file });
  const [wide, dimensions] = [image.out || image.width, text.out];
  if (wide !== dimensions)
    throw new UserError(`${file}: vectors of pictures have ${wide} dimensions and those of texts ${dimensions}`);

  const preprocessing = await readPreprocessing(folder);
  if (preprocessing.size !== image.size)
    throw new UserError(
      `${folder}: pictures are resized to ${preprocessing.size} pixels, and the network knows ${image.size}; do the files belong together?`,
    );
  const own = await openTokenizer(folder);
  checkVocabulary(folder, own, text.vocabularySize);
  const settings = join(folder, "tokenizer_config.json");
  const { model_max_length: known } = (await isThere(settings)) ? await readJsonObject(settings) : {};
  const maxTokens = typeof known === "number" && known >= 3 ? Math.min(Math.floor(known), text.tokens) : text.tokens;
  const padId = own.special.pad ?? hubFields.number(stated, "pad_token_id", 1);
  if (!(Number.isInteger(padId) && padId >= 0 && padId < text.vocabularySize))
    throw new UserError(`${file}: pad_token_id is ${JSON.stringify(padId)}, none of the ${text.vocabularySize} tokens`);
  const tokenizer = kind === "siglip" ? padded(own, { length: maxTokens, padId }) : own;

  const weights = join(folder, "model.safetensors");
  const { tensors } = await readSafetensorsFile(weights);
  const scale = Math.exp(numberIn(tensors, "logit_scale", weights));
  const bias = kind === "siglip" ? numberIn(tensors, "logit_bias", weights) : 0;
  const unused = /(^|\.)position_ids$|^logit_(scale|bias)$/;
  const { images, texts } = tree(fitWeights(tensors, clipLeaves(image, text), { file: weights, unused })) as Record<string, Params>; // prettier-ignore
  return clipModel(
    {
      images: { encoder: visionTransformer(image), params: images!, preprocessing },
      texts: { encoder: clipText(text), params: texts!, tokenizer },
    },
    { name, scale, bias, maxTokens },
  );
}

function numberIn(tensors: ReadonlyMap<string, NamedArray>, name: string, file: string): number {
  const array = tensors.get(name);
  const values = array ? toFloat32(array) : [];
  if (values.length !== 1 || !Number.isFinite(values[0]))
    throw new UserError(`${file}: ${name} is one number; got ${array ? `[${array.shape.join(", ")}]` : "none"}`);
  return values[0]!;
}
