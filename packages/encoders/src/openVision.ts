import { basename, join, resolve } from "node:path";
import { readSafetensorsFile, UserError, type NamedArray } from "@nearfar/formats";
import { tree } from "@nearfar/tensor";
import { fitWeights, type WantedLeaf } from "./fitWeights.ts";
import { hubFields } from "./hubFields.ts";
import { hubVision, type HubVisionKind } from "./hubVision.ts";
import { imageModel, type ImageModel } from "./imageModel.ts";
import { readJsonObject } from "./readJsonObject.ts";
import { readPreprocessing } from "./readPreprocessing.ts";
import { visionShapes } from "./visionShapes.ts";
import { visionTransformer, type VisionTransformer } from "./visionTransformer.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

export interface OpenVisionOptions {
  readonly name?: string;
  /** Vectors of length 1. */
  readonly normalize?: boolean;
}

/**
 * Opens a Hugging Face folder of a vision transformer alone: a ViT (DINO's too; the class token behind the last norm), or the picture tower of
 * CLIP, with its projection where the file has it, or of SigLIP.
 *
 * Files as for `openClip`; heads of tasks are passed over. What is missing, broken, or does not belong together is a `UserError` that names the file.
 */
export async function openVision(
  folder: string,
  { name = basename(resolve(folder)), normalize = false }: OpenVisionOptions = {},
): Promise<ImageModel & { readonly encoder: VisionTransformer }> {
  const file = join(folder, "config.json");
  const json = await readJsonObject(file);
  const kind = kinds[json.model_type as string];
  if (!kind)
    throw new UserError(
      `${file}: model_type is ${JSON.stringify(json.model_type)?.slice(0, 100) ?? "missing"}; a model of pictures was expected: ${Object.keys(kinds).join(", ")}`,
    );
  const weights = join(folder, "model.safetensors");
  const preprocessing = await readPreprocessing(folder);
  const { tensors } = await readSafetensorsFile(weights);
  const out = tensors.has("visual_projection.weight") ? hubFields.number(json, "projection_dim", 512) : 0;
  const config = hubVision(json, { kind, out, file });
  if (preprocessing.size !== config.size)
    throw new UserError(
      `${folder}: pictures are resized to ${preprocessing.size} pixels, and the network knows ${config.size}; do the files belong together?`,
    );
  const wanted = leavesOf(config, kind, prefixOf(tensors));
  const params = tree(fitWeights(tensors, wanted, { file: weights, unused }));
  const model = imageModel({ encoder: visionTransformer(config), params, preprocessing }, { name, normalize });
  return model as ImageModel & { readonly encoder: VisionTransformer };
}

const kinds: Readonly<Record<string, HubVisionKind>> = Object.assign(Object.create(null), {
  vit: "vit",
  clip_vision_model: "clip",
  siglip_vision_model: "siglip",
});

/** Heads of tasks, counters, and what only a training reads. */
const unused = /^(\w+\.)?(pooler|classifier|decoder)\.|(^|\.)(position_ids|mask_token)$/;

/** `vision_model.`, `vit.` or nothing: older files have a prefix. */
function prefixOf(tensors: ReadonlyMap<string, NamedArray>): string {
  const known = [...tensors.keys()].find((name) => /(^|\.)embeddings\.patch_embedding/.test(name)) ?? "";
  return known.slice(0, Math.max(0, known.indexOf("embeddings.patch_embedding")));
}

function leavesOf(config: VisionTransformerConfig, kind: HubVisionKind, prefix: string): WantedLeaf[] {
  return [...visionShapes(config)].map(([path, shape]) => {
    if (path === "projection.weight") return { name: "visual_projection.weight", path, shape };
    if (kind !== "vit") return { name: prefix + path, path, shape };
    const more = path.startsWith("embeddings.class") ? [1, 1] : path.startsWith("embeddings.position") ? [1] : [];
    return { name: prefix + vitName(path), path, shape, ...(more.length > 0 ? { stored: [...more, ...shape] } : {}) };
  });
}

/** What ViT's files call a leaf of CLIP's. */
function vitName(path: string): string {
  return vitNames.reduce((name, [own, theirs]) => name.replace(own, theirs), path);
}

const vitNames: readonly (readonly [RegExp, string])[] = [
  [/^embeddings\.class_embedding$/, "embeddings.cls_token"],
  [/^embeddings\.position_embedding\.weight$/, "embeddings.position_embeddings"],
  [/^embeddings\.patch_embedding\./, "embeddings.patch_embeddings.projection."],
  [/^post_layernorm\./, "layernorm."],
  [/^encoder\.layers\./, "encoder.layer."],
  [/\.layer_norm1\./, ".layernorm_before."],
  [/\.layer_norm2\./, ".layernorm_after."],
  [/\.self_attn\.q_proj\./, ".attention.attention.query."],
  [/\.self_attn\.k_proj\./, ".attention.attention.key."],
  [/\.self_attn\.v_proj\./, ".attention.attention.value."],
  [/\.self_attn\.out_proj\./, ".attention.output.dense."],
  [/\.mlp\.fc1\./, ".intermediate.dense."],
  [/\.mlp\.fc2\./, ".output.dense."],
];
