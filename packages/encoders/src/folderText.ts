/** The small files of a model folder as sentence-transformers reads them. */
export const folderText = {
  /** A value as a file of settings. */
  json: (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`,
  /** `config_sentence_transformers.json`, before what is the model's own. */
  settings: { model_type: "SentenceTransformer", prompts: {}, similarity_fn_name: "cosine" },
} as const;
