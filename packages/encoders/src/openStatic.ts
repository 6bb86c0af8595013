import { basename, join, resolve } from "node:path";
import { readSafetensorsFile, toFloat32, UserError, type NamedArray } from "@nearfar/formats";
import { tf } from "@nearfar/tensor";
import { openTokenizer } from "@nearfar/tokenizers";
import { readModules } from "./readModules.ts";
import { staticModel, type StaticModel } from "./staticModel.ts";

/**
 * Opens a folder of sentence-transformers with a `StaticEmbedding`: `modules.json`, `model.safetensors`, `tokenizer.json`.
 *
 * Read are the layouts of all versions (3.2: files in `0_StaticEmbedding/`, since 5: at the root), and model2vec's, whose weights and mapping
 * are folded into the table as sentence-transformers does. A missing or broken file, another kind of model and a tokenizer that does not
 * belong to the table are a `UserError` that names the file.
 */
export async function openStatic(folder: string, { name = basename(resolve(folder)) } = {}): Promise<StaticModel> {
  const { path, unit } = await modulesOf(folder);
  const weights = join(path, "model.safetensors");
  const { data, shape } = tableOf((await readSafetensorsFile(weights)).tensors, weights);
  const file = join(path, "tokenizer.json");
  const tokenizer = await openTokenizer(file);
  if (tokenizer.vocabularySize > shape[0])
    throw new UserError(
      `${file}: the tokenizer has ${tokenizer.vocabularySize} tokens, and the table of ${weights} ${shape[0]} rows; does it belong to these weights?`,
    );
  return staticModel({ embedding: { weight: tf.tensor2d(data, shape) } }, tokenizer, { name, unit });
}

/** Where the static embedding lies, and whether its vectors are brought to length 1. */
async function modulesOf(folder: string): Promise<{ path: string; unit: boolean }> {
  const modules = await readModules(folder);
  const kinds = modules.map(({ kind }) => kind);
  const [first, second] = kinds;
  if (first !== "StaticEmbedding" || kinds.length > 2 || (second !== undefined && second !== "Normalize"))
    throw new UserError(
      `${join(folder, "modules.json")}: a StaticEmbedding was expected, then at most Normalize; got ${kinds.join(", ") || "nothing"}`,
    );
  return { path: modules[0]!.path, unit: second === "Normalize" };
}

/** sentence-transformers' `embedding.weight`, or model2vec's `embeddings` with `weights` and `mapping` folded in: row t is `weights[t] * embeddings[mapping[t]]`. */
function tableOf(
  tensors: ReadonlyMap<string, NamedArray>,
  where: string,
): { data: Float32Array; shape: [number, number] } {
  const stored = tensors.get("embedding.weight") ?? tensors.get("embeddings");
  if (!stored)
    throw new UserError(`${where}: the tensor "embedding.weight" is missing; got ${[...tensors.keys()].join(", ")}`);
  const [rows, dimensions] = stored.shape;
  if (stored.shape.length !== 2 || !rows || !dimensions)
    throw new UserError(`${where}: the table is [tokens, dimensions]; got [${stored.shape.join(", ")}]`);
  const data = toFloat32(stored);
  const [mapping, weights] = [tensors.get("mapping"), tensors.get("weights")];
  if (tensors.has("embedding.weight") || (!mapping && !weights)) return { data, shape: [rows, dimensions] };
  const from = mapping && Float64Array.from(mapping.data as ArrayLike<number>, Number);
  const scale = weights && toFloat32(weights);
  const tokens = from?.length ?? rows;
  if (from?.some((row) => !(row >= 0 && row < rows)) || (scale && scale.length !== tokens))
    throw new UserError(`${where}: "mapping" and "weights" do not fit the table [${rows}, ${dimensions}]`);
  const folded = new Float32Array(tokens * dimensions);
  for (let token = 0; token < tokens; token++) {
    const start = (from?.[token] ?? token) * dimensions;
    for (let k = 0; k < dimensions; k++) folded[token * dimensions + k] = data[start + k]! * (scale?.[token] ?? 1);
  }
  return { data: folded, shape: [tokens, dimensions] };
}
