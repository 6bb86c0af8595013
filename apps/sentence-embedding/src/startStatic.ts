import {
  foldWeights,
  frequencyWeights,
  packTokens,
  staticEmbedding,
  staticModel,
  whitenTable,
  writeStatic,
} from "@nearfar/encoders";
import type { Vectors } from "@nearfar/formats";
import { tf, type Params, type Tensor2D } from "@nearfar/tensor";
import type { Tokenizer } from "@nearfar/tokenizers";
import type { Corpus } from "./corpus.ts";
import type { Settings } from "./settings.ts";
import type { Start } from "./start.ts";

/**
 * A new static embedding, its tokens weighted by their frequency. Whenever a model is made of it, the weights are folded into the table, which is
 * then whitened, where the settings say so, by texts of the corpus; training itself sees the table as it is.
 */
export function startStatic(
  tokenizer: Tokenizer,
  { dimensions, deviation, maxTokens, frequency, whiten }: Settings,
  corpus: Corpus,
): Start {
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
      const model = staticModel(finished(params), tokenizer);
      return Object.assign(model, { write: (folder: string) => writeStatic(folder, model) });
    },
  };
}

/** Texts of the corpus that are encoded together. */
const PIECE = 1000;
