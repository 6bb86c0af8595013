import type { Key } from "@nearfar/random";
import {
  initial,
  layerNorm,
  lookup,
  tf,
  tree,
  type LayerNormParams,
  type Mode,
  type Params,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from "@nearfar/tensor";
import { attentionGrid } from "./attentionGrid.ts";
import { checkTransformer } from "./checkTransformer.ts";
import { pool, type Pooling } from "./pool.ts";
import { relativeBuckets } from "./relativeBuckets.ts";
import type { TextEncoder } from "./textEncoder.ts";
import type { Tokens } from "./tokens.ts";
import type { TransformerConfig } from "./transformerConfig.ts";
import { transformerEmbeddings } from "./transformerEmbeddings.ts";
import { transformerFamilies } from "./transformerFamilies.ts";
import { transformerShapes } from "./transformerShapes.ts";
import { transformerStack } from "./transformerStack.ts";

export interface TransformerOptions {
  readonly pooling?: Pooling;
  /** Instead of the configuration's two rates. */
  readonly dropout?: number;
}

/** A transformer encoder: `apply` pools what `hidden` returns. */
export interface Transformer extends TextEncoder {
  readonly config: TransformerConfig;
  /** The states of all tokens behind the last layer, packed, `[total, h]`. */
  hidden(params: Params, tokens: Tokens, mode: Mode): Tensor2D;
}

/**
 * A transformer encoder of BERT's family on packed tokens: n texts -> `[n, h]`.
 *
 * Embeddings of token, position and type 0, a norm, then layers of self-attention and a feed-forward part with GELU (erf); dropout where BERT has
 * it. Only attention works on a padded grid. Names are Hugging Face's without the prefix, matrices `[in, out]` where theirs are `[out, in]`;
 * first weights N(0, 0.02²), biases 0. Devlin et al. 2019; Liu et al. 2019 (RoBERTa); Sanh et al. 2019 (DistilBERT); Song et al. 2020 (MPNet).
 * Throws RangeError for sizes that do not fit, and for a text longer than the position table.
 */
export function transformer(
  config: TransformerConfig,
  { pooling = "mean", dropout }: TransformerOptions = {},
): Transformer {
  checkTransformer(config);
  const { family, width, heads } = config;
  const { norm, firstPosition, names } = transformerFamilies[family];
  const maxTokens = config.positions - firstPosition(config);
  const rates = { hiddenRate: dropout ?? config.hiddenDropout, attentionRate: dropout ?? config.attentionDropout };

  const hidden = (params: Params, tokens: Tokens, mode: Mode): Tensor2D => {
    const t = tokens.mask.shape[1];
    if (t > maxTokens)
      throw new RangeError(`transformer: a text has at most ${maxTokens} tokens; got ${t}. Was it truncated?`);
    return tf.tidy(() => {
      const grid = attentionGrid(tokens, heads);
      const shared =
        config.buckets > 0 ? { grid, ...rates, bias: relativeBias(config, params, t) } : { grid, ...rates };
      const stack = names.layers.split(".").reduce((branch, name) => branch[name] as Params, params);
      const given = transformerEmbeddings(config, params.embeddings as Params, tokens, {
        mode,
        rate: rates.hiddenRate,
      });
      const kind = { norm, names, epsilon: config.epsilon, activation: "gelu" } as const;
      const x = transformerStack(kind, stack, given, { ...shared, mode });
      if (norm === "post") return x;
      return layerNorm(params.LayerNorm as unknown as LayerNormParams, x, { epsilon: config.epsilon });
    });
  };

  return {
    name: family,
    features: width,
    config,
    pooling,
    maxTokens,
    init: (key) =>
      tree([...transformerShapes(config)].map(([path, shape]) => [path, firstWeights(key.fold(path), path, shape)])),
    hidden,
    apply: (params, tokens, mode) => tf.tidy(() => pool(hidden(params, tokens, mode), tokens, pooling)), // [n, h]
  };
}

function firstWeights(key: Key, path: string, shape: readonly number[]): Tensor {
  if (shape.length > 1) return initial.normal(key, shape);
  return path.endsWith(".bias") ? initial.zeros(shape) : initial.ones(shape);
}

/** MPNet's scores by relative position, one table for all layers, `[1, heads, t, t]`. */
function relativeBias({ buckets, heads }: TransformerConfig, params: Params, t: number): Tensor4D {
  const { weight } = (params.encoder as Params).relative_attention_bias as { weight: Tensor2D };
  const values = lookup(weight, tf.tensor1d(relativeBuckets(t, buckets), "int32"), { training: false }); // [t * t, heads]
  return tf.reshape(tf.transpose(values), [1, heads, t, t]);
}
