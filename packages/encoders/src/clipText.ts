import {
  dropout,
  foldSeed,
  layerNorm,
  linear,
  lookup,
  tf,
  type LayerNormParams,
  type LinearParams,
  type Mode,
  type Params,
  type Tensor2D,
} from "@nearfar/tensor";
import { attentionGrid } from "./attentionGrid.ts";
import { checkClipText } from "./checkClipText.ts";
import { clipNames } from "./clipNames.ts";
import type { ClipTextConfig } from "./clipTextConfig.ts";
import { clipTextShapes } from "./clipTextShapes.ts";
import { endOfText } from "./endOfText.ts";
import { firstClipWeights } from "./firstClipWeights.ts";
import { pool } from "./pool.ts";
import type { TextEncoder } from "./textEncoder.ts";
import type { Tokens } from "./tokens.ts";
import { transformerStack } from "./transformerStack.ts";

export type ClipTextOptions = Partial<ClipTextConfig> & Pick<ClipTextConfig, "vocabularySize">;

export interface ClipText extends TextEncoder {
  readonly config: ClipTextConfig;
}

/**
 * The text transformer of CLIP, or of SigLIP, on packed tokens: n texts -> `[n, d]`.
 *
 * Tokens and their places, pre-norm layers, a norm, the state of one token, and with `out` a projection. By default CLIP's: causal, GELU, the last token,
 * which is the end-of-text token where texts are not padded. SigLIP's texts are padded to `tokens` (see `padded`): it attends to padding, and its last
 * token is that. Names are Hugging Face's without the prefix; first weights see `firstClipWeights`. Radford et al. 2021; Zhai et al. 2023.
 * Throws RangeError for sizes that do not fit, and for a text longer than the position table.
 */
export function clipText({
  vocabularySize,
  tokens = 77,
  width = 512,
  layers = 12,
  heads = width / 64,
  inner = 4 * width,
  activation = "gelu",
  causal = true,
  end = "last",
  out = 0,
  outBias = false,
  epsilon = 1e-5,
  hiddenDropout = 0,
  attentionDropout = 0,
}: ClipTextOptions): ClipText {
  const sizes = { vocabularySize, tokens, width, layers, heads, inner, out, epsilon, hiddenDropout, attentionDropout };
  const config: ClipTextConfig = { ...sizes, activation, causal, end, outBias };
  checkClipText(config);
  const kind = { norm: "pre", names: clipNames, epsilon, activation, causal } as const;

  const embedded = (params: Params, { ids, positions }: Tokens, mode: Mode): Tensor2D => {
    const { token_embedding: token, position_embedding: place } = params as Record<string, { weight: Tensor2D }>;
    const places = lookup(place!.weight, positions, { training: false });
    const x = tf.add(lookup(token!.weight, ids, mode), places) as Tensor2D; // [total, h]
    return mode.training ? dropout(foldSeed(mode.seed, "embeddings"), x, { rate: hiddenDropout }) : x;
  };
  const projected = (h: Tensor2D, { weight, bias }: Partial<LinearParams> = {}): Tensor2D => {
    if (!weight) return h;
    return bias ? linear({ weight, bias }, h) : tf.matMul(h, weight);
  };

  return {
    name: "clip-text",
    features: out || width,
    config,
    pooling: "last",
    maxTokens: tokens,
    init: (key) => firstClipWeights(key, clipTextShapes(config), { width, layers }),
    apply: (params, texts, mode) =>
      tf.tidy(() => {
        const t = texts.mask.shape[1];
        if (t > tokens)
          throw new RangeError(`clipText: a text has at most ${tokens} tokens; got ${t}. Was it truncated?`);
        const rates = { hiddenRate: hiddenDropout, attentionRate: attentionDropout };
        const given = embedded(params.embeddings as Params, texts, mode);
        const stack = (params.encoder as Params).layers as Params;
        const x = transformerStack(kind, stack, given, { grid: attentionGrid(texts, heads), mode, ...rates });
        const ends = end === "last" ? pool(x, texts, "last") : endOfText(x, texts, end); // [n, h]
        const h = layerNorm(params.final_layer_norm as unknown as LayerNormParams, ends, { epsilon });
        return projected(h, params.projection as Partial<LinearParams> | undefined); // [n, d]
      }),
  };
}
