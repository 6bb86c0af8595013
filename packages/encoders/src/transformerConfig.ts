/** The sizes of a transformer encoder of BERT's family, by the names of the papers; `readTransformerConfig` takes them from a `config.json`. */
export interface TransformerConfig {
  /** Hugging Face's `model_type`: it says how layers, names and positions differ. */
  readonly family: TransformerFamily;
  /** v, the rows of the token table. */
  readonly vocabularySize: number;
  /** h, of tokens between layers. */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Between the two linear maps of a layer's feed-forward part. */
  readonly inner: number;
  /** Rows of the position table. */
  readonly positions: number;
  /** Rows of the token type table, of which only the first is used; 0 where the family has none. */
  readonly types: number;
  /** The padding token; RoBERTa counts positions from behind it. */
  readonly padId: number;
  /** Of the layer norms. */
  readonly epsilon: number;
  /** Of embeddings and of what each half of a layer adds. */
  readonly hiddenDropout: number;
  /** Of attention probabilities. */
  readonly attentionDropout: number;
  /** Rows of the table of relative positions (MPNet), else 0. */
  readonly buckets: number;
}

/** Norm after each half of a layer, but before it in `roberta-prelayernorm`. */
export type TransformerFamily = "bert" | "distilbert" | "mpnet" | "roberta" | "roberta-prelayernorm" | "xlm-roberta";
