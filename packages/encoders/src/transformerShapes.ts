import { layerShapes } from "./layerShapes.ts";
import type { TransformerConfig } from "./transformerConfig.ts";
import { transformerFamilies } from "./transformerFamilies.ts";

/**
 * Every leaf of a transformer by its path, which is Hugging Face's name without the prefix, with its shape: matrices `[in, out]` (theirs are `[out, in]`),
 * tables `[rows, h]` (the same).
 */
export function transformerShapes(config: TransformerConfig): Map<string, readonly number[]> {
  const { family, vocabularySize, width, heads, positions, types, buckets } = config;
  const { norm, names } = transformerFamilies[family];
  const shapes = new Map<string, readonly number[]>();
  const table = (name: string, rows: number, columns = width) => shapes.set(`${name}.weight`, [rows, columns]);
  const normed = (name: string) => shapes.set(`${name}.weight`, [width]).set(`${name}.bias`, [width]);

  table("embeddings.word_embeddings", vocabularySize);
  table("embeddings.position_embeddings", positions);
  if (types > 0) table("embeddings.token_type_embeddings", types);
  normed("embeddings.LayerNorm");
  if (buckets > 0) table("encoder.relative_attention_bias", buckets, heads);
  for (const [path, shape] of layerShapes(names, config)) shapes.set(path, shape);
  if (norm === "pre") normed("LayerNorm");
  return shapes;
}
