import { UserError } from "@nearfar/formats";
import { checkTransformer } from "./checkTransformer.ts";
import { readJsonObject } from "./readJsonObject.ts";
import type { TransformerConfig, TransformerFamily } from "./transformerConfig.ts";
import { transformerFamilies } from "./transformerFamilies.ts";

/**
 * The sizes that a Hugging Face `config.json` states, checked before anything is allocated.
 *
 * Defaults are those of transformers' configuration classes. Another model type, another activation than GELU, or sizes that no model has
 * are a `UserError` that names the file.
 */
export async function readTransformerConfig(file: string): Promise<TransformerConfig> {
  const json = await readJsonObject(file);
  const type = json.model_type;
  if (typeof type !== "string" || !Object.hasOwn(transformerFamilies, type))
    throw new UserError(
      `${file}: model_type is ${JSON.stringify(type) ?? "missing"}; supported are ${Object.keys(transformerFamilies).join(", ")}`,
    );
  const family = type as TransformerFamily;
  const config = family === "distilbert" ? distilbert(json) : bert(family, json);
  const activation = json[family === "distilbert" ? "activation" : "hidden_act"] ?? "gelu";
  if (activation !== "gelu")
    throw new UserError(`${file}: the activation is ${JSON.stringify(activation)}; only "gelu" is supported`);
  const kind = json.position_embedding_type ?? "absolute";
  if (kind !== "absolute")
    throw new UserError(`${file}: position_embedding_type is ${JSON.stringify(kind)}; only "absolute" is supported`);
  try {
    checkTransformer(config, file);
  } catch (error) {
    throw error instanceof RangeError ? new UserError(error.message) : error;
  }
  return config;
}

type Json = Readonly<Record<string, unknown>>;

const number = (json: Json, name: string, otherwise: number) => (json[name] ?? otherwise) as number; // checkTransformer sees what it is

function bert(family: TransformerFamily, json: Json): TransformerConfig {
  const padding = family === "bert" || family === "roberta-prelayernorm" ? 0 : 1;
  return {
    family,
    vocabularySize: number(json, "vocab_size", 30_522),
    width: number(json, "hidden_size", 768),
    layers: number(json, "num_hidden_layers", 12),
    heads: number(json, "num_attention_heads", 12),
    inner: number(json, "intermediate_size", 3072),
    positions: number(json, "max_position_embeddings", 512),
    types: family === "mpnet" ? 0 : number(json, "type_vocab_size", 2),
    padId: number(json, "pad_token_id", padding),
    epsilon: number(json, "layer_norm_eps", 1e-12),
    hiddenDropout: number(json, "hidden_dropout_prob", 0.1),
    attentionDropout: number(json, "attention_probs_dropout_prob", 0.1),
    buckets: family === "mpnet" ? number(json, "relative_attention_num_buckets", 32) : 0,
  };
}

function distilbert(json: Json): TransformerConfig {
  return {
    family: "distilbert",
    vocabularySize: number(json, "vocab_size", 30_522),
    width: number(json, "dim", 768),
    layers: number(json, "n_layers", 6),
    heads: number(json, "n_heads", 12),
    inner: number(json, "hidden_dim", 3072),
    positions: number(json, "max_position_embeddings", 512),
    types: 0,
    padId: number(json, "pad_token_id", 0),
    epsilon: 1e-12,
    hiddenDropout: number(json, "dropout", 0.1),
    attentionDropout: number(json, "attention_dropout", 0.1),
    buckets: 0,
  };
}
