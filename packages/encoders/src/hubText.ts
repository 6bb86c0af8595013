import { checkClipText } from "./checkClipText.ts";
import type { ClipTextConfig } from "./clipTextConfig.ts";
import { hubFields } from "./hubFields.ts";

/**
 * The text transformer that the `text_config` of a Hugging Face CLIP or SigLIP describes; `out` is CLIP's `projection_dim`.
 *
 * Defaults are those of transformers' configuration classes. What is not supported, and sizes that no model has, are a `UserError` that names the file.
 */
export function hubText(
  json: Readonly<Record<string, unknown>>,
  { kind, out, file }: { kind: "clip" | "siglip"; out: number; file: string },
): ClipTextConfig {
  const { number, activation, checked } = hubFields;
  const clip = kind === "clip";
  const width = number(json, "hidden_size", clip ? 512 : 768);
  const end = number(json, "eos_token_id", 49_407);
  const config: ClipTextConfig = {
    vocabularySize: number(json, "vocab_size", clip ? 49_408 : 32_000),
    tokens: number(json, "max_position_embeddings", clip ? 77 : 64),
    width,
    layers: number(json, "num_hidden_layers", 12),
    heads: number(json, "num_attention_heads", clip ? 8 : 12),
    inner: number(json, "intermediate_size", clip ? 2048 : 3072),
    activation: activation(json, clip ? "quick_gelu" : "gelu_pytorch_tanh", file),
    causal: clip,
    end: clip ? endOf(end) : "last",
    out: clip ? out : number(json, "projection_size", width),
    outBias: !clip,
    epsilon: number(json, "layer_norm_eps", clip ? 1e-5 : 1e-6),
    hiddenDropout: 0,
    attentionDropout: number(json, "attention_dropout", 0),
  };
  checked(() => checkClipText(config, file));
  return config;
}

/** Files of before transformers 4.31 have 2, whatever the token is: see `CLIPTextModel`. */
const endOf = (id: number): ClipTextConfig["end"] => (id === 2 ? "largest" : id);
