import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileError, UserError } from "@nearfar/formats";
import { openTokenizer } from "@nearfar/tokenizers";
import { checkVocabulary } from "./checkVocabulary.ts";
import { isThere } from "./isThere.ts";
import { lowercased } from "./lowercased.ts";
import { openClipText } from "./openClipText.ts";
import { openStatic } from "./openStatic.ts";
import type { Pooling } from "./pool.ts";
import { readJsonObject } from "./readJsonObject.ts";
import { readModules, type Module } from "./readModules.ts";
import { readPooling } from "./readPooling.ts";
import { readTransformerConfig } from "./readTransformerConfig.ts";
import { readTransformerWeights } from "./readTransformerWeights.ts";
import { sentenceModel, type SentenceModel } from "./sentenceModel.ts";
import { transformer } from "./transformer.ts";

export interface OpenModelOptions {
  readonly name?: string;
  /** Fewer than the encoder's features, for a model whose first ones stand alone. */
  readonly dimensions?: number;
}

/**
 * Opens a model folder as sentence-transformers and Hugging Face write it: `config.json`, `model.safetensors`, the tokenizer's files, and
 * `modules.json` with the folders it names; without that the mean of the token states as they are, as sentence-transformers does.
 *
 * Transformers of BERT's family (see `transformer`) and `StaticEmbedding`. A missing or broken file, weights or a tokenizer that do not
 * belong together, and an unsupported model are a `UserError` that names the file.
 */
export async function openModel(
  folder: string,
  { name = basename(resolve(folder)), dimensions }: OpenModelOptions = {},
): Promise<SentenceModel> {
  const found = await stat(folder).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  if (!found.isDirectory()) throw new UserError(`${folder}: a model folder was expected, this is a file`);
  const listed = await isThere(join(folder, "modules.json"));
  if (!listed && (await optional(join(folder, "config.json"))).model_type === "nearfar-text")
    return openClipText(folder, { name });
  const modules = listed ? await readModules(folder) : [{ kind: "Transformer", path: folder }];
  if (modules[0]?.kind === "StaticEmbedding") return openStaticModel(folder, { name, dimensions });
  const { from, pooling, normalize } = steps(modules, folder);
  const config = await readTransformerConfig(join(from, "config.json"));
  const encoder = transformer(config, { pooling: await poolingOf(pooling, config.width) });
  const limits = await optional(join(from, "sentence_bert_config.json"));
  const own = await openTokenizer(from);
  const tokenizer = limits.do_lower_case === true ? lowercased(own) : own;
  checkVocabulary(from, tokenizer, config.vocabularySize);
  const { model_max_length: known } = await optional(join(from, "tokenizer_config.json"));
  const { truncate_dim: kept } = await optional(join(folder, "config_sentence_transformers.json"));
  const params = await readTransformerWeights(from, config); // last, so that no error leaves them behind
  return sentenceModel(
    { encoder, params, tokenizer },
    {
      name,
      normalize,
      maxTokens: within(limits.max_seq_length ?? known, encoder.maxTokens),
      dimensions: within(dimensions ?? kept, encoder.features),
    },
  );
}

/** What a file or the caller states, if it is a number that the encoder can do, else all it can. */
const within = (stated: unknown, most: number) =>
  typeof stated === "number" && stated >= 1 ? Math.min(Math.floor(stated), most) : most;

const poolingOf = async (folder: string | undefined, width: number): Promise<Pooling> =>
  folder === undefined ? "mean" : readPooling(join(folder, "config.json"), width);

/** Transformer, then pooling, then at most a norm; anything else computes other vectors, and is refused. */
function steps(
  modules: readonly Module[],
  folder: string,
): { from: string; pooling: string | undefined; normalize: boolean } {
  const kinds = modules.map(({ kind }) => kind);
  if (!/^Transformer(,Pooling(,Normalize)?)?$/.test(kinds.join()))
    throw new UserError(
      `${join(folder, "modules.json")}: Transformer, Pooling and Normalize, or StaticEmbedding, are supported; got ${kinds.join(", ").slice(0, 200)}`,
    );
  return { from: modules[0]!.path, pooling: modules[1]?.path, normalize: modules.length === 3 };
}

const optional = async (file: string) => ((await isThere(file)) ? readJsonObject(file) : {}) as Record<string, unknown>;

async function openStaticModel(
  folder: string,
  { name, dimensions: wanted }: { name: string; dimensions: number | undefined },
): Promise<SentenceModel> {
  const model = await openStatic(folder, { name });
  const { dimensions, unit, encoder, params, tokenizer } = model;
  if (wanted !== undefined && wanted !== dimensions) {
    model.dispose();
    throw new UserError(`${folder}: a static embedding has all its ${dimensions} dimensions; ${wanted} were asked for`);
  }
  return {
    name,
    dimensions,
    encoder,
    params,
    tokenizer,
    config: { kind: "static", pooling: "mean", maxTokens: Infinity, normalize: unit, dimensions },
    get truncated() {
      return model.truncated;
    },
    encode: model.encode,
    dispose: model.dispose,
  };
}
