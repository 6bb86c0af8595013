import {
  fastLinear,
  layerNorm,
  linear,
  tf,
  type LayerNormParams,
  type LinearParams,
  type Mode,
  type Params,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from "@nearfar/tensor";
import { feedForward } from "./feedForward.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

/**
 * What a learned query reads of each picture's tokens, then a feed-forward part: `[n * t, h] -> [n, h]`.
 *
 * y = attention(probe, x, x), then y + mlp(norm(y)). Zhai et al. 2022 ("Scaling vision transformers"), the "MAP" head; transformers 5 `modeling_siglip.py`,
 * `SiglipMultiheadAttentionPoolingHead`, whose names the leaves have.
 */
export function attentionPool(
  { heads, width, epsilon, activation }: VisionTransformerConfig,
  params: Params,
  x: Tensor2D,
  { n, mode }: { n: number; mode: Mode },
): Tensor2D {
  const [t, size] = [x.shape[0] / n, width / heads];
  const { attention, layernorm, mlp } = params as Record<string, Params>;
  const map = (own: LinearParams, x: Tensor2D) => (mode.training ? linear(own, x) : fastLinear(own, x));
  return tf.tidy(() => {
    const [query, both] = inProjections(attention!, width);
    const probe = tf.reshape(params.probe as Tensor3D, [1, width]) as Tensor2D;
    const q = tf.reshape(tf.mul(map(query, probe), 1 / Math.sqrt(size)), [1, 1, heads, size]);
    const kv = tf.reshape(map(both, x), [n, t, 2 * heads, size]);
    const [k, v] = tf.split(kv, 2, 2) as [Tensor4D, Tensor4D]; // [n, t, heads, size]
    const scores = tf.transpose(tf.sum(tf.mul(k, q), -1) as Tensor3D, [0, 2, 1]); // [n, heads, t]
    const p = tf.transpose(tf.softmax(scores), [0, 2, 1]); // [n, t, heads]
    const read = tf.sum(tf.mul(tf.reshape(p, [n, t, heads, 1]), v), 1); // [n, heads, size]
    const y = map(attention!.out_proj as unknown as LinearParams, tf.reshape(read, [n, width])); // [n, h]
    const two = [mlp!.fc1, mlp!.fc2] as unknown as [LinearParams, LinearParams];
    const normed = layerNorm(layernorm as unknown as LayerNormParams, y, { epsilon });
    return tf.add(y, feedForward(two, normed, { activation, mode }));
  });
}

/** PyTorch keeps the maps to queries, keys and values as one; here that to queries, and the two others. */
function inProjections(params: Params, width: number): [LinearParams, LinearParams] {
  const [weight, bias] = [params.in_proj_weight as Tensor2D, params.in_proj_bias as Tensor1D];
  return [
    { weight: tf.slice(weight, [0, 0], [width, width]), bias: tf.slice(bias, [0], [width]) },
    { weight: tf.slice(weight, [0, width], [width, 2 * width]), bias: tf.slice(bias, [width], [2 * width]) },
  ];
}
