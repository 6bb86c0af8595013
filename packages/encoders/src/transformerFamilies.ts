import type { TransformerConfig, TransformerFamily } from "./transformerConfig.ts";

/** What the families call their parts, as in Hugging Face's files; a part has a `weight` and a `bias`. */
export interface TransformerNames {
  /** `layers.i` is a layer, in which the following lie. */
  readonly layers: string;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  /** Behind the heads. */
  readonly out: string;
  readonly attentionNorm: string;
  /** Of the feed-forward part: width to inner, and back. */
  readonly up: string;
  readonly down: string;
  readonly innerNorm: string;
}

interface Family {
  readonly norm: "post" | "pre";
  /** The row of the position table that a text's first token takes. */
  readonly firstPosition: (config: TransformerConfig) => number;
  readonly names: TransformerNames;
}

const bert: TransformerNames = {
  layers: "encoder.layer",
  query: "attention.self.query",
  key: "attention.self.key",
  value: "attention.self.value",
  out: "attention.output.dense",
  attentionNorm: "attention.output.LayerNorm",
  up: "intermediate.dense",
  down: "output.dense",
  innerNorm: "output.LayerNorm",
};

const distilbert: TransformerNames = {
  layers: "transformer.layer",
  query: "attention.q_lin",
  key: "attention.k_lin",
  value: "attention.v_lin",
  out: "attention.out_lin",
  attentionNorm: "sa_layer_norm",
  up: "ffn.lin1",
  down: "ffn.lin2",
  innerNorm: "output_layer_norm",
};

const mpnet: TransformerNames = {
  ...bert,
  query: "attention.attn.q",
  key: "attention.attn.k",
  value: "attention.attn.v",
  out: "attention.attn.o",
  attentionNorm: "attention.LayerNorm",
};

const preNorm: TransformerNames = {
  ...bert,
  attentionNorm: "attention.LayerNorm",
  innerNorm: "intermediate.LayerNorm",
};

const behindPadding = ({ padId }: TransformerConfig) => padId + 1;

/** The supported families. Source: Hugging Face transformers 5 `models/<family>/modeling_<family>.py`. */
export const transformerFamilies: Readonly<Record<TransformerFamily, Family>> = {
  bert: { norm: "post", firstPosition: () => 0, names: bert },
  distilbert: { norm: "post", firstPosition: () => 0, names: distilbert },
  mpnet: { norm: "post", firstPosition: () => 2, names: mpnet }, // its padding index is 1, whatever the configuration says
  roberta: { norm: "post", firstPosition: behindPadding, names: bert },
  "roberta-prelayernorm": { norm: "pre", firstPosition: behindPadding, names: preNorm },
  "xlm-roberta": { norm: "post", firstPosition: behindPadding, names: bert },
};
