import {
  sentenceModel,
  staticModel,
  type SentenceEncoder,
  type SentenceModel,
  type Transformer,
} from "@nearfar/encoders";
import type { Key } from "@nearfar/random";

/** The same architecture and tokenizer with fresh random weights. */
export function untrainedModel(key: Key, { encoder, tokenizer, config }: SentenceModel): SentenceEncoder {
  const params = encoder.init(key);
  if (config.kind === "static") return staticModel(params, tokenizer, { unit: config.normalize });
  const { maxTokens, normalize, dimensions } = config;
  return sentenceModel({ encoder: encoder as Transformer, params, tokenizer }, { maxTokens, normalize, dimensions });
}
