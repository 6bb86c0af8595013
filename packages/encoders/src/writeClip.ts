import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  fileError,
  writeFileAtomic,
  writeSafetensorsFile,
  type NamedArray,
  type Preprocessing,
} from "@nearfar/formats";
import { leaves, type Params } from "@nearfar/tensor";
import { clipLeaves } from "./clipLeaves.ts";
import type { ClipModel } from "./clipModel.ts";
import type { ClipTextConfig } from "./clipTextConfig.ts";
import { folderText } from "./folderText.ts";
import { storedLayout } from "./storedLayout.ts";
import { tokenizerFiles } from "./tokenizerFiles.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

/**
 * Writes two transformers as the folder of a `CLIPModel` or a `SiglipModel` that transformers and `openClip` read: settings, weights, tokenizer, preprocessing.
 *
 * Each file is written atomically, `config.json` last. Throws RangeError for towers that neither of them has (open_clip's form is CLIP's); a folder that
 * cannot be written to is a `UserError`.
 */
export async function writeClip(
  folder: string,
  { images, texts, scale, bias }: Pick<ClipModel, "images" | "texts" | "scale" | "bias">,
): Promise<void> {
  const [image, text] = [images.encoder.config, texts.encoder.config];
  const kind = kindOf(image, text);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  const write = (name: string, text: string) => writeFileAtomic(join(folder, name), Buffer.from(text));

  const all = leaves({ images: images.params, texts: texts.params } as Params);
  const tensors = new Map<string, NamedArray>(
    clipLeaves(image, text).map(({ name, path }) => [name, storedLayout.write(path, all.get(path)!)]),
  );
  const single = (value: number): NamedArray => ({ shape: kind === "clip" ? [] : [1], dtype: "F32", data: Float32Array.of(value) }); // prettier-ignore
  tensors.set("logit_scale", single(Math.log(scale)));
  if (kind === "siglip") tensors.set("logit_bias", single(bias));
  await writeSafetensorsFile(join(folder, "model.safetensors"), tensors, { format: "pt" });

  const { tokenizer, config } = texts;
  const names = { begin: "bos_token", end: "eos_token" };
  for (const [name, file] of tokenizerFiles(tokenizer, { maxTokens: config.maxTokens, names })) await write(name, file);
  await write("preprocessor_config.json", folderText.json(processor(kind, images.preprocessing)));
  const { begin, end, pad } = tokenizer.special;
  const special = { bos_token_id: begin ?? null, eos_token_id: endId(text, end), pad_token_id: pad ?? null };
  const json = {
    architectures: [kind === "clip" ? "CLIPModel" : "SiglipModel"],
    model_type: kind,
    ...(kind === "clip" ? { projection_dim: image.out, logit_scale_init_value: Math.log(scale) } : {}),
    text_config: { ...textSettings(kind, text), ...special },
    vision_config: visionSettings(kind, image),
  };
  await write("config.json", folderText.json(json));
}

type Kind = "clip" | "siglip";

function kindOf(image: VisionTransformerConfig, text: ClipTextConfig): Kind {
  const { pooling, firstNorm, patchBias, out } = image;
  const plain = image.hiddenDropout === 0 && text.hiddenDropout === 0;
  if (pooling === "cls" && firstNorm && !patchBias && out > 0 && text.causal && !text.outBias && text.out > 0 && plain)
    return "clip";
  if (
    pooling === "attention" &&
    !firstNorm &&
    patchBias &&
    out === 0 &&
    !text.causal &&
    text.outBias &&
    text.end === "last" &&
    plain
  )
    // prettier-ignore
    return "siglip";
  throw new RangeError(
    "writeClip: CLIP has a class token, a first norm, causal texts and two projections, SigLIP attention pooling, a patch shift, texts that look both ways and a shifted projection of texts; got towers of neither kind. Write them by writeImageTextModel?",
  );
}

/** What the first token of the end is called in the file: 2 stands for the largest, whatever its id. */
function endId({ end, causal }: ClipTextConfig, known: number | undefined): number | null {
  if (end === "largest") return 2;
  if (typeof end === "number") return end;
  if (causal && known === undefined)
    throw new RangeError(
      "writeClip: CLIP reads a text at its end-of-text token; the tokenizer puts none behind a text.",
    );
  return known ?? null;
}

const activations = { gelu: "gelu", "gelu-tanh": "gelu_pytorch_tanh", "quick-gelu": "quick_gelu" } as const;

function textSettings(kind: Kind, config: ClipTextConfig): object {
  return {
    model_type: `${kind}_text_model`,
    vocab_size: config.vocabularySize,
    max_position_embeddings: config.tokens,
    hidden_size: config.width,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    intermediate_size: config.inner,
    hidden_act: activations[config.activation],
    layer_norm_eps: config.epsilon,
    attention_dropout: config.attentionDropout,
    [kind === "clip" ? "projection_dim" : "projection_size"]: config.out,
  };
}

function visionSettings(kind: Kind, config: VisionTransformerConfig): object {
  return {
    model_type: `${kind}_vision_model`,
    image_size: config.size,
    patch_size: config.patch,
    num_channels: 3,
    hidden_size: config.width,
    num_hidden_layers: config.depth,
    num_attention_heads: config.heads,
    intermediate_size: config.inner,
    hidden_act: activations[config.activation],
    layer_norm_eps: config.epsilon,
    attention_dropout: config.attentionDropout,
    ...(kind === "clip" ? { projection_dim: config.out } : {}),
  };
}

/** With the names of newer and older readers. */
function processor(kind: Kind, { size, fit, resample, mean, deviation }: Preprocessing): object {
  const name = kind === "clip" ? "CLIP" : "Siglip";
  const square = { height: size, width: size };
  return {
    image_processor_type: `${name}ImageProcessor`,
    feature_extractor_type: `${kind === "clip" ? "CLIPFeatureExtractor" : "SiglipImageProcessor"}`,
    do_resize: true,
    size: fit === "crop" ? { shortest_edge: size } : square,
    resample: { lanczos: 1, bilinear: 2, bicubic: 3 }[resample],
    do_center_crop: fit === "crop",
    ...(fit === "crop" ? { crop_size: square } : {}),
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: mean,
    image_std: deviation,
    do_convert_rgb: true,
  };
}
