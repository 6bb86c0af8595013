import type { TransformerConfig } from "./transformerConfig.ts";

export interface NewTransformerOptions {
  /** v, the tokens of the tokenizer. */
  readonly vocabularySize: number;
  readonly layers?: number;
  readonly width?: number;
  readonly heads?: number;
  readonly inner?: number;
  /** The longest text. */
  readonly tokens?: number;
  /** `pre` trains from nothing without a long warm-up; `post` is BERT's. */
  readonly norm?: "post" | "pre";
  readonly dropout?: number;
  readonly padId?: number;
}

/**
 * The configuration of a small transformer to be trained from nothing: BERT's, or with the norms before each half of a layer that of
 * RoBERTa-PreLayerNorm, so that Hugging Face reads what was trained. Pre-norm: Xiong et al. 2020, figure 1.
 */
export function newTransformer({
  vocabularySize,
  layers = 4,
  width = 256,
  heads = width / 32,
  inner = 4 * width,
  tokens = 128,
  norm = "pre",
  dropout = 0.1,
  padId = 0,
}: NewTransformerOptions): TransformerConfig {
  const pre = norm === "pre";
  return {
    family: pre ? "roberta-prelayernorm" : "bert",
    vocabularySize,
    width,
    layers,
    heads,
    inner,
    positions: pre ? tokens + padId + 1 : tokens,
    types: pre ? 1 : 2,
    padId,
    epsilon: pre ? 1e-5 : 1e-12,
    hiddenDropout: dropout,
    attentionDropout: dropout,
    buckets: 0,
  };
}
