import type { Vectors } from "@nearfar/formats";
import type { EncodeOptions, SentenceEncoder } from "./sentenceEncoder.ts";

/** What of a feature-extraction pipeline of transformers.js is used here: versions 2 and 4 have it. */
export interface FeaturePipeline {
  (
    texts: string[],
    options: { pooling: "mean" | "cls"; normalize: boolean },
  ): Promise<{ data: unknown; dims: number[] }>;
  readonly model?: { readonly config?: object };
  readonly tokenizer?: FeatureTokenizer;
  dispose?(): Promise<unknown>;
}

interface FeatureTokenizer {
  (texts: string[], options: Record<string, boolean>): unknown;
  readonly model_max_length?: number;
}

export interface FrozenOptions {
  readonly name?: string;
  /** d; without it what the model's configuration says (`hidden_size` or its older names). */
  readonly dimensions?: number;
  /** Of a text's token vectors: their mean, or the first. */
  readonly pooling?: "mean" | "cls";
  /** Vectors of length 1. */
  readonly normalize?: boolean;
  /** Texts per pass. */
  readonly batch?: number;
}

/**
 * A feature-extraction pipeline of transformers.js (`@xenova/transformers` 2, `@huggingface/transformers` 4) as an encoder that is not
 * trained: a teacher, a baseline, a model to mine with.
 *
 * Neither package is imported: the pipeline is handed over, and freed by `dispose`. Texts are passed by length, so that a batch has little
 * padding. Throws RangeError where the width of vectors is not known, Error where the pipeline gives others.
 */
export function frozen(
  pipeline: FeaturePipeline,
  {
    name = "frozen",
    dimensions = widthOf(pipeline),
    pooling = "mean",
    normalize = true,
    batch = 32,
  }: FrozenOptions = {},
): SentenceEncoder {
  let truncated = 0;
  const pass = async (texts: string[]): Promise<ArrayLike<number>> => {
    truncated += texts.filter((text) => isTooLong(text, pipeline.tokenizer)).length;
    // A fresh object each time: version 2 writes into the one that it is given.
    const { data, dims } = await pipeline(texts, { pooling, normalize });
    if (dims.length !== 2 || dims[0] !== texts.length || dims[1] !== dimensions)
      throw new Error(
        `frozen: the pipeline gives a vector per text, [${texts.length}, ${dimensions}]; got [${dims.join(", ")}]. Is it one for feature-extraction, and are the dimensions right?`,
      );
    return data as ArrayLike<number>;
  };
  return {
    name,
    dimensions,
    get truncated() {
      return truncated;
    },
    async encode(texts, { batch: size = batch, progress }: EncodeOptions = {}): Promise<Vectors> {
      const data = new Float32Array(texts.length * dimensions);
      const order = texts.map((_, i) => i).sort((a, b) => texts[b]!.length - texts[a]!.length || a - b);
      for (let from = 0; from < order.length; from += size) {
        const places = order.slice(from, from + size);
        const vectors = await pass(places.map((i) => texts[i]!));
        for (const [k, i] of places.entries())
          for (let j = 0; j < dimensions; j++) data[i * dimensions + j] = vectors[k * dimensions + j]!;
        progress?.(from + places.length);
      }
      return { rows: texts.length, dimensions, data };
    },
    dispose: () => void pipeline.dispose?.(),
  };
}

/** Hugging Face's names for the width of hidden states: BERT's, DistilBERT's, T5's, GPT's. */
function widthOf({ model }: FeaturePipeline): number {
  const config = (model?.config ?? {}) as Record<string, unknown>;
  const width = [config.hidden_size, config.dim, config.d_model, config.n_embd].find(Number.isSafeInteger);
  if (width === undefined)
    throw new RangeError(
      "frozen: the width of vectors is needed; got no hidden_size in the model. Pass { dimensions }.",
    );
  return width as number;
}

/** Whether the pipeline cuts a text: it does so silently. Only a text with as many bytes as the model takes tokens is tokenized to know. */
function isTooLong(text: string, tokenizer: FeatureTokenizer | undefined): boolean {
  const most = tokenizer?.model_max_length ?? Infinity;
  if (!tokenizer || Buffer.byteLength(text) + SPECIAL <= most) return false;
  const options = { padding: false, truncation: false, return_tensor: false };
  const { input_ids: ids } = tokenizer([text], options) as { input_ids: ArrayLike<number>[] };
  return ids[0]!.length > most;
}

/** Tokens that a tokenizer may add to those of the text. */
const SPECIAL = 4;
