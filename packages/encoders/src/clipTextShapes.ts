import { clipNames } from "./clipNames.ts";
import type { ClipTextConfig } from "./clipTextConfig.ts";
import { layerShapes } from "./layerShapes.ts";

/** Every leaf of a text transformer of CLIP or SigLIP by its path, which is Hugging Face's name without the prefix: matrices `[in, out]`. */
export function clipTextShapes(config: ClipTextConfig): Map<string, readonly number[]> {
  const { vocabularySize, tokens, width, out, outBias } = config;
  return new Map<string, readonly number[]>([
    ["embeddings.token_embedding.weight", [vocabularySize, width]],
    ["embeddings.position_embedding.weight", [tokens, width]],
    ...layerShapes(clipNames, config),
    ["final_layer_norm.weight", [width]],
    ["final_layer_norm.bias", [width]],
    ...(out > 0 ? [["projection.weight", [width, out]] as const] : []),
    ...(outBias ? [["projection.bias", [out]] as const] : []),
  ]);
}
