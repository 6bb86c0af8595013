import { clipNames } from "./clipNames.ts";
import { layerShapes } from "./layerShapes.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

/** Every leaf of a vision transformer by its path, which is Hugging Face's name in CLIP and SigLIP without the prefix: matrices `[in, out]`, filters `[k, k, in, out]`. */
export function visionShapes(config: VisionTransformerConfig): Map<string, readonly number[]> {
  const { size, patch, width, depth, inner, pooling, firstNorm, patchBias, out } = config;
  const places = Math.floor(size / patch) ** 2 + (pooling === "cls" ? 1 : 0);
  const shapes = new Map<string, readonly number[]>();
  const shifted = (name: string, shape: readonly number[]) =>
    shapes.set(`${name}.weight`, shape).set(`${name}.bias`, [shape.at(-1)!]);

  if (pooling === "cls") shapes.set("embeddings.class_embedding", [width]);
  shapes.set("embeddings.patch_embedding.weight", [patch, patch, 3, width]);
  if (patchBias) shapes.set("embeddings.patch_embedding.bias", [width]);
  shapes.set("embeddings.position_embedding.weight", [places, width]);
  if (firstNorm) shifted("pre_layrnorm", [width]); // as Hugging Face writes it
  for (const [path, shape] of layerShapes(clipNames, { layers: depth, width, inner })) shapes.set(path, shape);
  shifted("post_layernorm", [width]);
  if (pooling === "attention") {
    shapes.set("head.probe", [1, 1, width]);
    shapes.set("head.attention.in_proj_weight", [width, 3 * width]).set("head.attention.in_proj_bias", [3 * width]);
    shifted("head.attention.out_proj", [width, width]);
    shifted("head.layernorm", [width]);
    shifted("head.mlp.fc1", [width, inner]);
    shifted("head.mlp.fc2", [inner, width]);
  }
  if (out > 0) shapes.set("projection.weight", [width, out]);
  return shapes;
}
