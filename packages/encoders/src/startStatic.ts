import type { Vectors } from "@nearfar/formats";
import { tf, type Params, type Tensor2D } from "@nearfar/tensor";
import type { Tokenizer } from "@nearfar/tokenizers";
import { foldWeights } from "./foldWeights.ts";
import { frequencyWeights } from "./frequencyWeights.ts";
import { packTokens } from "./packTokens.ts";
import { staticEmbedding } from "./staticEmbedding.ts";
import { staticModel } from "./staticModel.ts";
import type { TextCorpus } from "./textCorpus.ts";
import type { TextStart } from "./textStart.ts";
import { whitenTable } from "./whitenTable.ts";
import { writeStatic } from "./writeStatic.ts";

export interface StartStaticOptions {
  readonly dimensions: number;
  /** Of the first weights, N(0, deviation²). */
  readonly deviation: number;
  /** Tokens of a text in training. */
  readonly maxTokens: number;
  /** `a` of the weights a / (a + p) of the tokens, p a token's share of the corpus; 0 for none. */
  readonly frequency?: number;
  /** How far the table of a model is whitened by texts of the corpus. */
  readonly whiten?: "none" | "half" | "whole";
  /** Vectors of length 1. */
  readonly normalize?: boolean;
}

/**
 * A new static embedding, its tokens weighted by their frequency. Whenever a model is made of it, the weights are folded into the table, which is
 * then whitened, where the settings say so, by texts of the corpus; training itself sees the table as it is.
 */
export function startStatic(
  tokenizer: Tokenizer,
  { dimensions, deviation, maxTokens, frequency = 0, whiten = "none", normalize = true }: StartStaticOptions,
  corpus: TextCorpus = NO_CORPUS,
): TextStart {
  const { vocabularySize } = tokenizer;
  const weights = frequency > 0 ? { weights: frequencyWeights(corpus.counts(), { a: frequency }) } : {};
  const encoder = staticEmbedding({ vocabularySize, dimensions, deviation, ...weights });
  let truncated = 0;
  /** A table of its own, so that it can be freed. */
  const finished = (params: Params): Params => {
    const folded = foldWeights(params);
    const texts = whiten === "none" ? [] : corpus.sample();
    if (texts.length <= dimensions) return folded;
    const { weight } = folded.embedding as { weight: Tensor2D };
    const white = whitenTable(weight, meansOf(params, texts), { half: whiten === "half" });
    weight.dispose();
    return { embedding: { weight: white } };
  };
  const meansOf = (params: Params, texts: readonly Int32Array[]): Vectors => {
    const data = new Float32Array(texts.length * dimensions);
    for (let from = 0; from < texts.length; from += PIECE) {
      const rows = tf.tidy(() =>
        encoder.apply(params, packTokens(texts.slice(from, from + PIECE)), { training: false }),
      );
      data.set(rows.dataSync(), from * dimensions); // [m, d]
      rows.dispose();
    }
    return { rows: texts.length, dimensions, data };
  };
  return {
    encoder,
    tokenizer,
    get truncated() {
      return truncated;
    },
    wrap(ids) {
      if (ids.length > maxTokens) truncated++;
      return ids.length > 0 ? ids.subarray(0, maxTokens) : Int32Array.of(tokenizer.special.unknown ?? 0);
    },
    model(params) {
      const model = staticModel(finished(params), tokenizer, { unit: normalize });
      return Object.assign(model, { write: (folder: string) => writeStatic(folder, model) });
    },
  };
}

/** Of a table that is neither weighted nor whitened. */
const NO_CORPUS: TextCorpus = { counts: () => new Float64Array(), sample: () => [] };

/** Texts of the corpus that are encoded together. */
const PIECE = 1000;
