import { access } from "node:fs/promises";
import { basename, dirname, join, parse, resolve } from "node:path";
import { UserError } from "@nearfar/formats";
import { frozen, type FeaturePipeline, type FrozenOptions } from "./frozen.ts";
import type { SentenceEncoder } from "./sentenceEncoder.ts";

/** What of transformers.js is used to open a folder: `await import("@huggingface/transformers")` or `"@xenova/transformers"`. */
export interface TransformersModule {
  readonly env: { localModelPath: string };
  readonly pipeline: (task: never, model: string, options: never) => Promise<unknown>;
}

export interface FrozenFromOptions extends FrozenOptions {
  readonly module: TransformersModule;
}

/**
 * Opens a folder with an ONNX model (`config.json`, `tokenizer.json`, `tokenizer_config.json`, `onnx/model.onnx`; version 2 reads
 * `onnx/model_quantized.onnx`) by transformers.js, from the disk alone, as an encoder that is not trained.
 *
 * One folder at a time: the module's `env.localModelPath` is changed meanwhile. A file that is missing is a `UserError` that names it; the
 * loaders' own errors do not.
 */
export async function frozenFrom(folder: string, { module, ...options }: FrozenFromOptions): Promise<SentenceEncoder> {
  for (const name of ["config.json", "tokenizer.json", "tokenizer_config.json"]) await demand(join(folder, name));
  const path = resolve(folder);
  const { env, pipeline } = module;
  const before = env.localModelPath;
  // Version 2 knows no absolute path, version 4 no name with a blank in it.
  const [root, id] = /^[\w.-]+$/.test(basename(path)) ? [dirname(path), basename(path)] : [parse(path).root, path];
  env.localModelPath = root;
  try {
    const opened = await pipeline("feature-extraction" as never, id, { local_files_only: true } as never);
    return frozen(opened as FeaturePipeline, { name: basename(path), ...options });
  } catch (error) {
    throw new UserError(`${folder}: transformers.js cannot open it: ${(error as Error).message}`);
  } finally {
    env.localModelPath = before;
  }
}

async function demand(path: string): Promise<void> {
  await access(path).catch(() => {
    throw new UserError(`${path}: no such file; transformers.js needs it`);
  });
}
