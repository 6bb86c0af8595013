import { join } from "node:path";
import { readSafetensorsFile, toFloat32, UserError, type NamedArray } from "@nearfar/formats";
import { tf, tree, type Params, type Tensor2D } from "@nearfar/tensor";
import { isLinear } from "./isLinear.ts";
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
  const shapes = transformerShapes(config);
  check(stored, shapes, file);
  return tree([...shapes].map(([path, shape]) => [path, leafOf(path, shape, stored.get(path)!)]));
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

function check(stored: ReadonlyMap<string, NamedArray>, shapes: ReadonlyMap<string, readonly number[]>, file: string) {
  const inFile = (path: string, shape: readonly number[]) => (isLinear(path, shape) ? [...shape].reverse() : shape);
  const missing = [...shapes.keys()].filter((path) => !stored.has(path));
  const left = [...stored.keys()].filter((name) => !shapes.has(name) && !unused.test(name));
  const other = [...shapes].flatMap(([path, shape]) => {
    const [wanted, got] = [inFile(path, shape).join(", "), stored.get(path)?.shape.join(", ")];
    return got === undefined || got === wanted ? [] : [`${path} is [${got}] instead of [${wanted}]`];
  });
  const told = [
    ...(missing.length > 0 ? [`missing: ${some(missing)}`] : []),
    ...(left.length > 0 ? [`left over: ${some(left)}`] : []),
    ...(other.length > 0 ? [`of another shape: ${some(other)}`] : []),
  ];
  if (told.length > 0) throw new UserError(`${file}: the weights do not fit config.json beside it; ${told.join("; ")}`);
}

/** On one line, however many there are. */
function some(names: readonly string[], most = 8): string {
  const rest = names.length - most;
  return names.slice(0, most).join(", ").slice(0, 1000) + (rest > 0 ? ` and ${rest} more` : "");
}

function leafOf(path: string, shape: readonly number[], array: NamedArray) {
  const values = toFloat32(array);
  if (!isLinear(path, shape)) return tf.tensor(values, [...shape]);
  const [into, out] = shape as [number, number];
  return tf.tidy(() => tf.transpose(tf.tensor2d(values, [out, into])) as Tensor2D);
}
