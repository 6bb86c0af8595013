import { UserError } from "@nearfar/formats";
import { checkVision } from "./checkVision.ts";
import { hubFields } from "./hubFields.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

/** The towers of pictures in Hugging Face's folders. */
export type HubVisionKind = "clip" | "siglip" | "vit";

/**
 * The vision transformer that a Hugging Face configuration describes: CLIP's (whose projection has `out`), SigLIP's, or a ViT's.
 *
 * Defaults are those of transformers' configuration classes. What is not supported, and sizes that no model has, are a `UserError` that names the file.
 */
export function hubVision(
  json: Readonly<Record<string, unknown>>,
  { kind, out, file }: { kind: HubVisionKind; out: number; file: string },
): VisionTransformerConfig {
  const { number, side, activation, checked } = hubFields;
  const refuse = (name: string, only: unknown) => {
    if ((json[name] ?? only) !== only)
      throw new UserError(
        `${file}: ${name} is ${JSON.stringify(json[name]).slice(0, 100)}; only ${JSON.stringify(only)} is supported`,
      );
  };
  refuse("num_channels", 3);
  if (kind === "siglip") refuse("vision_use_head", true);
  if (kind === "vit") refuse("qkv_bias", true);
  const clip = kind === "clip";
  const config: VisionTransformerConfig = {
    size: side(json, "image_size", { otherwise: 224, file }),
    patch: side(json, "patch_size", { otherwise: clip ? 32 : 16, file }),
    width: number(json, "hidden_size", 768),
    depth: number(json, "num_hidden_layers", 12),
    heads: number(json, "num_attention_heads", 12),
    inner: number(json, "intermediate_size", 3072),
    activation: activation(json, { clip: "quick_gelu", siglip: "gelu_pytorch_tanh", vit: "gelu" }[kind], file),
    pooling: kind === "siglip" ? "attention" : "cls",
    firstNorm: clip,
    patchBias: !clip,
    out,
    epsilon: number(json, "layer_norm_eps", { clip: 1e-5, siglip: 1e-6, vit: 1e-12 }[kind]),
    hiddenDropout: kind === "vit" ? number(json, "hidden_dropout_prob", 0) : 0,
    attentionDropout: number(json, kind === "vit" ? "attention_probs_dropout_prob" : "attention_dropout", 0),
  };
  checked(() => checkVision(config, file));
  return config;
}
