import { basename, join, resolve } from "node:path";
import { readSafetensorsFile, toFloat32, UserError, type NamedArray } from "@nearfar/formats";
import { tf } from "@nearfar/tensor";
import { imageModel, type ImageModel } from "./imageModel.ts";
import type { ImageTextModel } from "./imageTextModel.ts";
import { openClip } from "./openClip.ts";
import { openImageModel } from "./openImageModel.ts";
import { openModel } from "./openModel.ts";
import { projected } from "./projected.ts";
import { projectedTexts } from "./projectedTexts.ts";
import { projection } from "./projection.ts";
import { readJsonObject } from "./readJsonObject.ts";
import type { SentenceEncoder } from "./sentenceEncoder.ts";

/**
 * Opens two towers from a folder as `writeImageTextModel` writes it, or from Hugging Face's of CLIP or SigLIP (`openClip`).
 *
 * A missing or broken file, and parts that do not belong together, are a `UserError` that names the file.
 */
export async function openImageTextModel(
  folder: string,
  { name = basename(resolve(folder)) } = {},
): Promise<ImageTextModel> {
  const file = join(folder, "config.json");
  const { model_type: kind, dimensions } = await readJsonObject(file);
  if (kind === "clip" || kind === "siglip") return openClip(folder, { name });
  if (kind !== "nearfar-pairs")
    throw new UserError(
      `${file}: two towers were expected, "model_type" nearfar-pairs, clip or siglip; got ${JSON.stringify(kind)?.slice(0, 100) ?? "none"}`,
    );
  const weights = join(folder, "model.safetensors");
  const { tensors } = await readSafetensorsFile(weights);
  const number = (called: string) => numberOf(tensors.get(called), `${weights}: "${called}"`);
  const [scale, bias] = [Math.exp(number("logit_scale")), number("logit_bias")];
  const images = withProjection(await openImageModel(join(folder, "image")), tensors.get("image_projection.weight"), weights); // prettier-ignore
  try {
    const texts = await openTexts(join(folder, "text"), tensors.get("text_projection.weight"), weights);
    if (images.dimensions !== dimensions || texts.dimensions !== dimensions) {
      texts.dispose();
      throw new UserError(
        `${file}: both towers have ${String(dimensions)} dimensions; got ${images.dimensions} of pictures and ${texts.dimensions} of texts. Was one of the folders copied from another model?`,
      );
    }
    return {
      name,
      dimensions,
      images,
      texts,
      scale,
      bias,
      dispose() {
        images.dispose();
        texts.dispose();
      },
    };
  } catch (error) {
    images.dispose();
    throw error;
  }
}

function numberOf(array: NamedArray | undefined, where: string): number {
  const value = array?.data.length === 1 ? toFloat32(array)[0]! : NaN;
  if (!Number.isFinite(value)) throw new UserError(`${where}: one number was expected`);
  return value;
}

function withProjection(tower: ImageModel, matrix: NamedArray | undefined, file: string): ImageModel {
  const { name, encoder, params, preprocessing } = tower;
  if (!matrix) return imageModel({ encoder, params, preprocessing }, { name, normalize: true });
  const head = headOf(tower, matrix, `${file}: "image_projection.weight"`);
  return imageModel(
    { encoder: projected(encoder, head.encoder), params: { encoder: params, head: head.params }, preprocessing },
    { name, normalize: true },
  );
}

async function openTexts(folder: string, matrix: NamedArray | undefined, file: string): Promise<SentenceEncoder> {
  const tower = await openModel(folder);
  return projectedTexts(tower, matrix && headOf(tower, matrix, `${file}: "text_projection.weight"`));
}

/** The projection behind a tower; the tower is freed where it does not fit. */
function headOf(tower: { readonly dimensions: number; dispose(): void }, matrix: NamedArray, where: string) {
  const [from, to] = matrix.shape;
  if (matrix.shape.length !== 2 || from !== tower.dimensions || !to) {
    tower.dispose();
    throw new UserError(
      `${where}: a matrix [${tower.dimensions}, d] was expected behind the tower; got [${matrix.shape.join(", ")}]`,
    );
  }
  return {
    encoder: projection(from, to),
    params: { weight: tf.tensor2d(toFloat32(matrix), [from, to]) },
  };
}
