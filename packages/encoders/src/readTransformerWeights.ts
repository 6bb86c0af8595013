import { join } from "node:path";
import { readSafetensorsFile, type NamedArray } from "@nearfar/formats";
import { tree, type Params } from "@nearfar/tensor";
import { fitWeights } from "./fitWeights.ts";
import type { TransformerConfig } from "./transformerConfig.ts";
import { transformerShapes } from "./transformerShapes.ts";

/**
 * The weights of a Hugging Face folder of BERT's family, its `model.safetensors`, for the configuration beside it; the caller owns them.
 *
 * Names are taken with or without the model's prefix (`bert.`); heads of other tasks are passed over. A tensor that is missing, left over or
 * of another shape is a `UserError` that names all of them.
 */
export async function readTransformerWeights(folder: string, config: TransformerConfig): Promise<Params> {
  const file = join(folder, "model.safetensors");
  const stored = withoutPrefix((await readSafetensorsFile(file)).tensors);
  const wanted = [...transformerShapes(config)].map(([path, shape]) => ({ name: path, path, shape }));
  return tree(fitWeights(stored, wanted, { file, unused }));
}

/** `bert.encoder...` is `encoder...`: the prefix is what stands before `embeddings.`. Old files call the norms' leaves gamma and beta. */
function withoutPrefix(tensors: ReadonlyMap<string, NamedArray>): Map<string, NamedArray> {
  const known = [...tensors.keys()].find((name) => name.endsWith("embeddings.word_embeddings.weight")) ?? "";
  const prefix = known.slice(0, -"embeddings.word_embeddings.weight".length);
  const plain = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const renamed = (name: string) =>
    name.replace(/LayerNorm\.gamma$/, "LayerNorm.weight").replace(/LayerNorm\.beta$/, "LayerNorm.bias");
  return new Map([...tensors].map(([name, array]) => [renamed(plain(name)), array]));
}

/** Parts of Hugging Face's models that an encoder of sentences does not use: poolers, heads of tasks, counters. */
const unused = /^(pooler|cls|lm_head|vocab_\w+|classifier|pre_classifier|qa_outputs|dropout)\.|(^|\.)position_ids$/;
