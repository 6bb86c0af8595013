import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { leaves, tf } from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";
import type { ImageEncoderSettings } from "./imageEncoderSettings.ts";
import { imageModel, type ImageModel } from "./imageModel.ts";
import { newImageEncoder } from "./newImageEncoder.ts";
import { openClip } from "./openClip.ts";
import { openVision } from "./openVision.ts";
import { parsePreprocessing } from "./parsePreprocessing.ts";
import { readJsonObject } from "./readJsonObject.ts";
import { readWeights } from "./readWeights.ts";
import { visionShapes } from "./visionShapes.ts";
import type { VisionTransformer } from "./visionTransformer.ts";

/** A model of pictures from a folder, with the settings by which `writeImageModel` writes it again; its vectors are not of length 1. */
export interface OpenImageModel extends ImageModel {
  readonly settings: ImageEncoderSettings;
}

/**
 * Opens a folder of a network of pictures: as `writeImageModel` writes it, or Hugging Face's of a ViT, of CLIP or of SigLIP (`openVision`, `openClip`).
 *
 * A missing or broken file, sizes that are none, and weights that do not belong to the settings are a `UserError` that names the file.
 */
export async function openImageModel(
  folder: string,
  { name = basename(resolve(folder)) } = {},
): Promise<OpenImageModel> {
  const file = join(folder, "config.json");
  const { model_type: kind, encoder: settings, preprocessing } = await readJsonObject(file);
  if (kind !== "nearfar-image") return openHub(folder, name, kind);
  const weights = join(folder, "model.safetensors");
  const { size } = await stat(weights).catch(() => {
    throw new UserError(`${weights}: no such file; a model of pictures has its weights there`);
  });
  const encoder = encoderOf(settings as ImageEncoderSettings, { file, most: size / 4 });
  const model = imageModel(
    {
      encoder,
      preprocessing: parsePreprocessing(preprocessing, file),
      params: await readWeights(weights, shapesOf(encoder)), // last, so that no error leaves them behind
    },
    { name },
  );
  return { ...model, settings: settings as ImageEncoderSettings };
}

/** A vision transformer alone, or the tower of pictures of a CLIP or SigLIP. */
async function openHub(folder: string, name: string, kind: unknown): Promise<OpenImageModel> {
  if (kind !== "clip" && kind !== "siglip") return withSettings(await openVision(folder, { name }));
  const { images, texts } = await openClip(folder, { name });
  texts.dispose();
  return withSettings(images);
}

const withSettings = (model: ImageModel & { readonly encoder: VisionTransformer }): OpenImageModel => {
  const { encoder, params, preprocessing } = model;
  return {
    ...imageModel({ encoder, params, preprocessing }, { name: model.name }),
    settings: { kind: "vit", ...encoder.config },
  };
};

/** Every leaf's path and shape. */
function shapesOf(encoder: Encoder): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  tf.tidy(() => {
    for (const [path, { shape }] of leaves(encoder.init(key(0)))) shapes.set(path, shape);
  });
  return shapes;
}

/** Its sizes are checked against the file of weights first: nothing is allocated for a network that cannot lie in it. */
function encoderOf(settings: ImageEncoderSettings, { file, most }: { file: string; most: number }) {
  try {
    const encoder = newImageEncoder(settings);
    if (leastWeights(settings) > most)
      throw new RangeError(`the network is larger than the file of weights beside it (${most * 4} bytes)`);
    return encoder;
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new UserError(`${file}: "encoder" is no network: ${error.message}`);
  }
}

function leastWeights(settings: ImageEncoderSettings): number {
  if (settings.kind === "resnet") return 0; // a few fixed sizes
  if (settings.kind === "vit")
    return [...visionShapes(settings).values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return settings.widths.reduce((sum, to, i) => sum + 9 * (i === 0 ? 3 : settings.widths[i - 1]!) * to, 0);
}
