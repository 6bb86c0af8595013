import { setImmediate } from "node:timers/promises";
import type { Vectors } from "@nearfar/formats";
import { normalize as unit, tf, type Params, type Tensor2D } from "@nearfar/tensor";
import type { Tokenizer } from "@nearfar/tokenizers";
import type { Encoder } from "./encoder.ts";
import { packTokens } from "./packTokens.ts";
import type { Pooling } from "./pool.ts";
import type { EncodeOptions, SentenceEncoder } from "./sentenceEncoder.ts";
import type { TextEncoder } from "./textEncoder.ts";
import { tokenBatches } from "./tokenBatches.ts";
import type { Tokens } from "./tokens.ts";

/** A model of sentences with its parts, as it lies in a model folder. */
export interface SentenceModel extends SentenceEncoder {
  readonly encoder: Encoder<Tokens>;
  readonly params: Params;
  readonly tokenizer: Tokenizer;
  readonly config: SentenceModelConfig;
}

export interface SentenceModelConfig {
  readonly kind: "static" | "transformer";
  readonly pooling: Pooling;
  /** The longest text in tokens, special ones included. */
  readonly maxTokens: number;
  /** Vectors of length 1. */
  readonly normalize: boolean;
  /** d: the first of the encoder's features, all or fewer. */
  readonly dimensions: number;
}

export interface SentenceModelParts {
  readonly encoder: TextEncoder;
  readonly params: Params;
  readonly tokenizer: Tokenizer;
}

export interface SentenceModelOptions {
  readonly name?: string;
  readonly maxTokens?: number;
  readonly normalize?: boolean;
  /** Fewer than the encoder has, where it was trained so that its first features stand alone (Kusupati et al. 2022). */
  readonly dimensions?: number;
}

/**
 * A transformer, its weights and its tokenizer as an encoder of sentences, which owns the weights from here.
 *
 * Texts pass sorted by length and packed, about a thousand tokens at a time, so that none is padded. Throws RangeError for a tokenizer with ids beyond
 * the token table, and for lengths or dimensions that the encoder does not have.
 */
export function sentenceModel(
  { encoder, params, tokenizer }: SentenceModelParts,
  {
    name = encoder.name,
    maxTokens = encoder.maxTokens,
    normalize = true,
    dimensions = encoder.features,
  }: SentenceModelOptions = {},
): SentenceModel {
  const { vocabularySize } = encoder.config;
  if (tokenizer.vocabularySize > vocabularySize)
    throw new RangeError(
      `sentenceModel: the token table has a row per token; got ${vocabularySize} rows for ${tokenizer.vocabularySize} tokens. Are weights and tokenizer of one model?`,
    );
  if (!(maxTokens > 0 && maxTokens <= encoder.maxTokens))
    throw new RangeError(`sentenceModel: a text has at most ${encoder.maxTokens} tokens; got ${maxTokens}.`);
  if (!(dimensions > 0 && dimensions <= encoder.features))
    throw new RangeError(`sentenceModel: the encoder has ${encoder.features} features; got ${dimensions} dimensions.`);

  let truncated = 0;
  const surround = tokenizer.wrap(new Int32Array(maxTokens), Infinity).length - maxTokens; // of a text that is not padded either
  const idsOf = (text: string): Int32Array => {
    const ids = tokenizer.encode(text);
    if (ids.length + surround > maxTokens) truncated++;
    return tokenizer.wrap(ids, maxTokens);
  };
  const vectorsOf = (texts: readonly Int32Array[]): Tensor2D =>
    tf.tidy(() => {
      const rows = encoder.apply(params, packTokens(texts), { training: false }); // [n, h]
      const first = dimensions < encoder.features ? tf.slice(rows, [0, 0], [-1, dimensions]) : rows; // [n, d]
      return normalize ? unit(first) : first;
    });

  return {
    name,
    dimensions,
    encoder,
    params,
    tokenizer,
    config: { kind: "transformer", pooling: encoder.pooling, maxTokens, normalize, dimensions },
    get truncated() {
      return truncated;
    },
    async encode(texts, { batch = Infinity, progress }: EncodeOptions = {}): Promise<Vectors> {
      const data = new Float32Array(texts.length * dimensions);
      let done = 0;
      for (let from = 0; from < texts.length; from += WINDOW) {
        const ids = texts.slice(from, from + WINDOW).map(idsOf);
        for (const part of tokenBatches(ids, { texts: batch })) {
          const vectors = vectorsOf(part.map((i) => ids[i]!));
          const values = vectors.dataSync();
          vectors.dispose();
          part.forEach((i, row) => {
            data.set(values.subarray(row * dimensions, (row + 1) * dimensions), (from + i) * dimensions);
          });
          progress?.((done += part.length));
          await setImmediate(); // timers and signals have their turn
        }
      }
      return { rows: texts.length, dimensions, data };
    },
    dispose: () => tf.dispose(params),
  };
}

/** Texts that are tokenized and sorted at a time, so that a long list takes no more memory than its vectors. */
const WINDOW = 16_384;
