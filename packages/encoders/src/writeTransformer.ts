import { join } from "node:path";
import { writeFileAtomic, writeSafetensorsFile, type NamedArray } from "@nearfar/formats";
import { leaves, type Params } from "@nearfar/tensor";
import { storedLayout } from "./storedLayout.ts";
import type { TransformerConfig, TransformerFamily } from "./transformerConfig.ts";

/** Writes `model.safetensors`, float32 with Hugging Face's names and layout, and `config.json`: what `readTransformerConfig` and `readTransformerWeights` read. */
export async function writeTransformer(folder: string, config: TransformerConfig, params: Params): Promise<void> {
  const tensors = new Map<string, NamedArray>();
  for (const [path, leaf] of leaves(params)) tensors.set(path, storedLayout.write(path, leaf));
  for (const [path, shape] of Object.entries(pooler(config)))
    tensors.set(path, { shape, dtype: "F32", data: new Float32Array(shape.reduce((a, b) => a * b)) });
  await writeSafetensorsFile(join(folder, "model.safetensors"), tensors, { format: "pt" });
  const json = { architectures: [architectures[config.family]], model_type: config.family, ...settings(config) };
  await writeFileAtomic(join(folder, "config.json"), Buffer.from(`${JSON.stringify(json, null, 2)}\n`));
}

const architectures: Readonly<Record<TransformerFamily, string>> = {
  bert: "BertModel",
  distilbert: "DistilBertModel",
  mpnet: "MPNetModel",
  roberta: "RobertaModel",
  "roberta-prelayernorm": "RobertaPreLayerNormModel",
  "xlm-roberta": "XLMRobertaModel",
};

/** A part of Hugging Face's models that no sentence encoder uses; without it, here as zeros, readers warn of missing weights. */
function pooler({ family, width }: TransformerConfig): Record<string, number[]> {
  return family === "distilbert" ? {} : { "pooler.dense.weight": [width, width], "pooler.dense.bias": [width] };
}

function settings(config: TransformerConfig): object {
  const { family, padId, epsilon, hiddenDropout, attentionDropout, types, buckets } = config;
  const all = { vocab_size: config.vocabularySize, max_position_embeddings: config.positions, pad_token_id: padId };
  if (family === "distilbert")
    return {
      ...all,
      dim: config.width,
      n_layers: config.layers,
      n_heads: config.heads,
      hidden_dim: config.inner,
      activation: "gelu",
      dropout: hiddenDropout,
      attention_dropout: attentionDropout,
      sinusoidal_pos_embds: false,
      initializer_range: 0.02,
    };
  return {
    ...all,
    hidden_size: config.width,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    intermediate_size: config.inner,
    hidden_act: "gelu",
    hidden_dropout_prob: hiddenDropout,
    attention_probs_dropout_prob: attentionDropout,
    layer_norm_eps: epsilon,
    initializer_range: 0.02,
    ...(types > 0 ? { type_vocab_size: types } : {}),
    ...(buckets > 0 ? { relative_attention_num_buckets: buckets } : {}),
  };
}
