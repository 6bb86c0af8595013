import type { TransformerNames } from "./transformerFamilies.ts";

/** What CLIP and SigLIP call the parts of their layers in Hugging Face's files, in both towers. */
export const clipNames: TransformerNames = {
  layers: "encoder.layers",
  query: "self_attn.q_proj",
  key: "self_attn.k_proj",
  value: "self_attn.v_proj",
  out: "self_attn.out_proj",
  attentionNorm: "layer_norm1",
  up: "mlp.fc1",
  down: "mlp.fc2",
  innerNorm: "layer_norm2",
};
