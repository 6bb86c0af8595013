import {
  attention,
  dropout,
  dropoutMask,
  fastLayerNorm,
  fastLinear,
  foldSeed,
  layerNorm,
  linear,
  tf,
  type AttentionGrid,
  type LayerNormParams,
  type LinearParams,
  type Mode,
  type Params,
  type Tensor2D,
  type Tensor4D,
} from "@nearfar/tensor";
import { feedForward, type Activation } from "./feedForward.ts";
import type { TransformerNames } from "./transformerFamilies.ts";

/** How layers of one kind compute, and what they call their parts. */
export interface LayerKind {
  readonly norm: "post" | "pre";
  readonly names: TransformerNames;
  /** Of the norms. */
  readonly epsilon: number;
  readonly activation: Activation;
  /** A token attends to itself and those before it alone. */
  readonly causal?: boolean;
}

/** What all layers of a pass have in common. */
export interface LayerContext {
  readonly grid: AttentionGrid;
  /** Of relative positions, `[1, heads, t, t]`. */
  readonly bias?: Tensor4D;
  readonly mode: Mode;
  readonly hiddenRate: number;
  readonly attentionRate: number;
}

/**
 * One layer, `[total, h] -> [total, h]`: attention, then the feed-forward part, each added to what it read.
 *
 * Post-norm: x' = norm(x + f(x)). Pre-norm: x' = x + f(norm(x)). Each half is freed of what it made along the way, so that the next finds warm memory.
 */
export function transformerLayer(
  { norm, names, epsilon, activation, causal = false }: LayerKind,
  params: Params,
  x: Tensor2D,
  { grid, bias, mode, hiddenRate, attentionRate }: LayerContext,
): Tensor2D {
  const part = (name: string) => name.split(".").reduce((branch, key) => branch[key] as Params, params);
  const map = (name: string, x: Tensor2D) => {
    const own = part(name) as unknown as LinearParams;
    return mode.training ? linear(own, x) : fastLinear(own, x);
  };
  const normed = (name: string, x: Tensor2D) => layerNorm(part(name) as unknown as LayerNormParams, x, { epsilon });
  const dropped = (name: string, x: Tensor2D) =>
    mode.training ? dropout(foldSeed(mode.seed, name), x, { rate: hiddenRate }) : x;
  const half = (name: string, x: Tensor2D, f: (x: Tensor2D) => Tensor2D): Tensor2D =>
    tf.tidy(() => {
      if (norm === "pre") return tf.add(x, dropped(name, f(normed(name, x))));
      if (mode.training) return normed(name, tf.add(x, dropped(name, f(x))));
      return fastLayerNorm(part(name) as unknown as LayerNormParams, [x, f(x)], { epsilon });
    });

  const kept = (): { kept?: Tensor4D } => {
    if (!mode.training || attentionRate === 0) return {};
    const [n, heads, t] = grid.shape;
    return { kept: dropoutMask(foldSeed(mode.seed, "probabilities"), [n, heads, t, t], attentionRate) as Tensor4D };
  };
  const attend = (x: Tensor2D) => {
    const three = [map(names.query, x), map(names.key, x), map(names.value, x)] as const;
    return map(names.out, attention(three, grid, { causal, ...(bias ? { bias } : {}), ...kept() }));
  };
  const feed = (x: Tensor2D) =>
    feedForward([part(names.up), part(names.down)] as unknown as [LinearParams, LinearParams], x, { activation, mode });

  const y = half(names.attentionNorm, x, attend);
  const z = half(names.innerNorm, y, feed);
  y.dispose();
  return z;
}
