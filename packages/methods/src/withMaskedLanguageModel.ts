import type { Encoder, Tokens } from "@nearfar/encoders";
import { maskedLanguageModel } from "@nearfar/losses";
import type { Key } from "@nearfar/random";
import {
  gelu,
  initial,
  layerNorm,
  leaves,
  lookup,
  tf,
  type LayerNormParams,
  type Mode,
  type Params,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@nearfar/tensor";
import type { MaskedTexts } from "./maskedTexts.ts";
import type { Method } from "./method.ts";

/** An encoder that shows the vector of each token, and has its table of words as the leaf `word_embeddings.weight`, `[v, h]`. */
export interface HiddenEncoder extends Encoder<Tokens> {
  /** Packed tokens -> `[total, h]`, before pooling. */
  hidden(params: Params, tokens: Tokens, mode: Mode): Tensor2D;
}

export interface MaskedLanguageModelOptions {
  /** The method's own encoder. */
  readonly encoder: HiddenEncoder;
  /** SimCSE's authors have 0.1, DeCLUTR's 1. */
  readonly weight?: number;
}

/** The method's embeddings, and the vectors at the masked places, `[k, h]`, with the words that stood there, `[k]`. */
export type MaskedEmbeddings<Embeddings> = Readonly<{ inner: Embeddings; places: Tensor2D; words: Tensor1D }>;

/**
 * A method with masked language modelling added: `loss + weight · cross-entropy of the masked words`. Devlin et al. 2019, section 3.1; so used by
 * Gao et al. 2021 and Giorgi et al. 2021.
 *
 * A batch has masked texts beside the method's own; they take a pass of their own. A word is predicted as BERT does: linear, GELU, layer norm,
 * then the product with the encoder's own table of words, and a bias. These weights lie under `predictions`, named as Hugging Face's
 * `cls.predictions`; they are dropped with the heads. The log tells both terms.
 */
export function withMaskedLanguageModel<Batch extends object, Embeddings extends Tensor | Params>(
  method: Method<Batch, Embeddings>,
  { encoder, weight = 0.1 }: MaskedLanguageModelOptions,
): Method<Batch & { readonly masked: MaskedTexts }, MaskedEmbeddings<Embeddings>> {
  return {
    ...method,
    name: `${method.name}-mlm`,
    init(key) {
      const { params, state } = method.init(key);
      return { params: { ...params, predictions: initPredictions(key.fold("predictions"), wordsOf(params)) }, state };
    },
    embed(params, state, batch, mode) {
      const { tokens, places, words } = batch.masked;
      const inner = method.embed(params, state, batch, mode);
      const hidden = encoder.hidden(params.encoder as Params, tokens, mode); // [total, h]
      return { inner, places: lookup(hidden, places, { training: false }), words }; // [k, h]
    },
    objective(params, state, { inner, places, words }) {
      const { loss: contrastive, ...rest } = method.objective(params, state, inner);
      const masked = maskedLanguageModel(predict(params.predictions as Params, places, wordsOf(params)), words);
      const loss: Scalar = tf.add(contrastive, tf.mul(masked, weight));
      return { ...rest, loss, log: { ...rest.log, contrastive, masked } };
    },
    watched: ({ inner }) => method.watched(inner),
    chance: () => undefined, // ln v of the vocabulary's size would have to be known here
  };
}

/** The encoder's table of words, `[v, h]`. */
function wordsOf(params: Params): Tensor2D {
  const all = [...leaves(params.encoder as Params)];
  const found = all.find(([path]) => /(^|\.)word_embeddings\.weight$/.test(path));
  if (found) return found[1] as Tensor2D;
  throw new Error(
    `withMaskedLanguageModel: an encoder with a leaf word_embeddings.weight is needed; got ${all.map(([path]) => path).join(", ")}. Is it a transformer?`,
  );
}

function initPredictions(key: Key, { shape: [v, h] }: Tensor2D): Params {
  return {
    bias: initial.zeros([v]),
    transform: {
      dense: { weight: initial.normal(key.fold("dense"), [h, h]), bias: initial.zeros([h]) },
      LayerNorm: { weight: initial.ones([h]), bias: initial.zeros([h]) },
    },
  };
}

function predict(predictions: Params, places: Tensor2D, words: Tensor2D): Tensor2D {
  const { dense, LayerNorm } = predictions.transform as Record<"dense" | "LayerNorm", Params>;
  const { weight, bias } = dense as Record<"weight" | "bias", Tensor2D>;
  const h = gelu(tf.add<Tensor2D>(tf.matMul(places, weight!), bias!)); // [k, h]
  const y = layerNorm(LayerNorm as unknown as LayerNormParams, h, { epsilon: 1e-12 }); // BERT's epsilon
  return tf.add(tf.matMul(y, words, false, true), predictions.bias as Tensor1D); // [k, v]
}
