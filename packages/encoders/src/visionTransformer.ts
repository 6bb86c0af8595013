import {
  dropout,
  foldSeed,
  layerNorm,
  linear,
  tf,
  type LayerNormParams,
  type Mode,
  type Params,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from "@nearfar/tensor";
import { attentionPool } from "./attentionPool.ts";
import { checkImages } from "./checkImages.ts";
import { checkVision } from "./checkVision.ts";
import { clipNames } from "./clipNames.ts";
import type { Encoder } from "./encoder.ts";
import { evenGrid } from "./evenGrid.ts";
import { firstClipWeights } from "./firstClipWeights.ts";
import { transformerStack } from "./transformerStack.ts";
import { visionShapes } from "./visionShapes.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

export type VisionTransformerOptions = Partial<VisionTransformerConfig>;

export interface VisionTransformer extends Encoder {
  readonly config: VisionTransformerConfig;
}

/**
 * A vision transformer, `[n, size, size, 3] -> [n, d]`: each patch a token, pre-norm layers, a norm, pooling, and with `out` a projection.
 *
 * By default open_clip's: a class token, whose state is the picture's, a norm before the layers, GELU, no shift of the patches. Names are Hugging Face's
 * of CLIP and SigLIP without the prefix; first weights see `firstClipWeights`. Dosovitskiy et al. 2021; Radford et al. 2021; Zhai et al. 2023.
 * Throws RangeError for sizes that do not fit, and for pictures of another size.
 */
export function visionTransformer({
  size = 224,
  patch = 16,
  width = 384,
  depth = 12,
  heads = width / 64,
  inner = 4 * width,
  activation = "gelu",
  pooling = "cls",
  firstNorm = true,
  patchBias = false,
  out = 0,
  epsilon = 1e-5,
  hiddenDropout = 0,
  attentionDropout = 0,
}: VisionTransformerOptions = {}): VisionTransformer {
  const sizes = { size, patch, width, depth, heads, inner, out, epsilon, hiddenDropout, attentionDropout };
  const config: VisionTransformerConfig = { ...sizes, activation, pooling, firstNorm, patchBias };
  checkVision(config);
  const kind = { norm: "pre", names: clipNames, epsilon, activation } as const;
  const normed = (params: Params, name: string, x: Tensor2D) =>
    layerNorm(params[name] as unknown as LayerNormParams, x, { epsilon });

  const pooled = (params: Params, y: Tensor2D, { n, mode }: { n: number; mode: Mode }): Tensor2D => {
    const t = y.shape[0] / n;
    if (pooling === "cls") {
      const first = tf.slice(tf.reshape(y, [n, t, width]), [0, 0, 0], [n, 1, width]);
      return normed(params, "post_layernorm", tf.reshape(first, [n, width]));
    }
    const all = normed(params, "post_layernorm", y);
    if (pooling === "attention") return attentionPool(config, params.head as Params, all, { n, mode });
    return tf.div(tf.sum(tf.reshape(all, [n, t, width]), 1), t);
  };

  return {
    name: "vision-transformer",
    features: out || width,
    config,
    init: (key) => firstClipWeights(key, visionShapes(config), { width, layers: depth }),
    apply: (params, images, mode) =>
      tf.tidy(() => {
        checkImages("visionTransformer", images);
        const [n, height, across] = images.shape;
        if (height !== size || across !== size)
          throw new RangeError(
            `visionTransformer: pictures are ${size}x${size}, as the places that it knows; got ${height}x${across}. Were they resized?`,
          );
        const given = embedded(config, params.embeddings as Params, images, mode); // [n * t, h]
        const x = firstNorm ? normed(params, "pre_layrnorm", given) : given;
        const t = x.shape[0] / n;
        const stack = (params.encoder as Params).layers as Params;
        const rates = { hiddenRate: hiddenDropout, attentionRate: attentionDropout };
        const y = transformerStack(kind, stack, x, { grid: evenGrid([n, heads, t]), mode, ...rates });
        const h = pooled(params, y, { n, mode }); // [n, h]
        return out > 0 ? tf.matMul(h, (params.projection as Params).weight as Tensor2D) : h; // [n, d]
      }),
  };
}

/** Patches as tokens with their places, packed, `[n * t, h]`; the class token is each picture's first. */
function embedded(
  { patch, width, hiddenDropout: rate }: VisionTransformerConfig,
  params: Params,
  images: Tensor4D,
  mode: Mode,
): Tensor2D {
  const [n, side] = [images.shape[0], Math.floor(images.shape[1] / patch)];
  const seen = side * patch === images.shape[1] ? images : tf.slice(images, [0, 0, 0, 0], [n, side * patch, side * patch, 3]); // prettier-ignore
  const apart = tf.transpose(tf.reshape(seen, [n, side, patch, side, patch * 3]), [0, 1, 3, 2, 4]);
  const patches = tf.reshape(apart, [n * side * side, patch * patch * 3]) as Tensor2D;
  const { weight: filter, bias } = params.patch_embedding as { weight: Tensor4D; bias?: Tensor1D };
  const weight = tf.reshape(filter, [patch * patch * 3, width]) as Tensor2D;
  const flat = bias ? linear({ weight, bias }, patches) : tf.matMul(patches, weight);
  const tokens = tf.reshape(flat, [n, side * side, width]);
  const first = params.class_embedding as Tensor1D | undefined;
  // Not tiled: the gradient of that is a slice per picture.
  const all = first ? tf.concat([tf.add(tf.zeros([n, 1, width]), first), tokens], 1) : tokens; // [n, t, h]
  const placed = tf.add(all, (params.position_embedding as Params).weight as Tensor2D);
  const x = tf.reshape(placed, [n * all.shape[1]!, width]) as Tensor2D;
  return mode.training ? dropout(foldSeed(mode.seed, "embeddings"), x, { rate }) : x;
}
