import type { Preprocessing } from "@nearfar/formats";
import type { Params } from "@nearfar/tensor";
import type { Tokenizer } from "@nearfar/tokenizers";
import type { ClipText } from "./clipText.ts";
import { imageModel, type ImageModel } from "./imageModel.ts";
import type { ImageTextModel } from "./imageTextModel.ts";
import { sentenceModel, type SentenceModel } from "./sentenceModel.ts";
import type { VisionTransformer } from "./visionTransformer.ts";

/** Two transformers into one space with their parts, as they lie in a Hugging Face folder of CLIP or SigLIP. */
export interface ClipModel extends ImageTextModel {
  readonly images: ImageModel & { readonly encoder: VisionTransformer };
  readonly texts: SentenceModel & { readonly encoder: ClipText };
}

export interface ClipModelParts {
  readonly images: {
    readonly encoder: VisionTransformer;
    readonly params: Params;
    readonly preprocessing: Preprocessing;
  };
  readonly texts: { readonly encoder: ClipText; readonly params: Params; readonly tokenizer: Tokenizer };
}

export interface ClipModelOptions {
  readonly name?: string;
  /** 1 / temperature. */
  readonly scale?: number;
  readonly bias?: number;
  /** The longest text in tokens. */
  readonly maxTokens?: number;
}

/**
 * Two towers, just opened or just trained, as one model, which owns the weights from here.
 *
 * Throws RangeError where their vectors are not of one width, where pictures are prepared for another size, and where tokenizer and text tower do not fit.
 */
export function clipModel(
  { images, texts }: ClipModelParts,
  { name = "clip", scale = 1 / 0.07, bias = 0, maxTokens = texts.encoder.maxTokens }: ClipModelOptions = {},
): ClipModel {
  const [wide, dimensions] = [images.encoder.features, texts.encoder.features];
  if (wide !== dimensions)
    throw new RangeError(
      `clipModel: both towers end in one space; got vectors of ${wide} of pictures and ${dimensions} of texts. Is a projection missing?`,
    );
  const [seen, known] = [images.preprocessing.size, images.encoder.config.size];
  if (seen !== known)
    throw new RangeError(`clipModel: pictures are prepared at the size that the network knows, ${known}; got ${seen}.`);
  const image = imageModel(images, { name, normalize: true });
  const text = sentenceModel(texts, { name, maxTokens, normalize: true });
  return {
    name,
    dimensions,
    images: image as ClipModel["images"],
    texts: text as ClipModel["texts"],
    scale,
    bias,
    dispose() {
      image.dispose();
      text.dispose();
    },
  };
}
