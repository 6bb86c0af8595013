import { clipTextShapes } from "./clipTextShapes.ts";
import type { ClipTextConfig } from "./clipTextConfig.ts";
import type { WantedLeaf } from "./fitWeights.ts";
import { visionShapes } from "./visionShapes.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

/** The leaves of both towers with their names in a Hugging Face CLIP or SigLIP file; paths begin with `images.` and `texts.`. */
export function clipLeaves(images: VisionTransformerConfig, texts: ClipTextConfig): WantedLeaf[] {
  const head = texts.outBias ? "text_model.head" : "text_projection";
  const image = (path: string) => (path.startsWith("projection.") ? `visual_${path}` : `vision_model.${path}`);
  const text = (path: string) =>
    path.startsWith("projection.") ? path.replace("projection", head) : `text_model.${path}`;
  return [
    ...[...visionShapes(images)].map(([path, shape]) => ({ name: image(path), path: `images.${path}`, shape })),
    ...[...clipTextShapes(texts)].map(([path, shape]) => ({ name: text(path), path: `texts.${path}`, shape })),
  ];
}
