import type { Key } from "@nearfar/random";
import { initial, tree, type Params, type Tensor } from "@nearfar/tensor";

/**
 * First weights of a tower of CLIP's kind, a key for each leaf.
 *
 * With w the width and L the layers: queries, keys and values N(0, 1 / w), what is added to the tokens (`out_proj`, `fc2`) N(0, 1 / (2 L w)), `fc1`
 * N(0, 1 / (2 w)); tokens N(0, 0.02²) and their positions N(0, 0.01²); class, probe, places of pictures and projections N(0, 1 / w); patches PyTorch's U(±1/√fanIn).
 * Shifts are 0, norms 1. Source: openai/CLIP `model.py` `initialize_parameters` and `VisionTransformer`, as in open_clip.
 */
export function firstClipWeights(
  key: Key,
  shapes: ReadonlyMap<string, readonly number[]>,
  { width, layers }: { width: number; layers: number },
): Params {
  const added = (2 * layers * width) ** -0.5;
  const rules: readonly [RegExp, (key: Key, shape: readonly number[]) => Tensor][] = [
    [/bias$/, (_, shape) => initial.zeros(shape)],
    [/norm\d?\.weight$/, (_, shape) => initial.ones(shape)],
    [/patch_embedding\.weight$/, (key, shape) => initial.fanInUniform(key, shape)],
    [/token_embedding\.weight$/, (key, shape) => initial.normal(key, shape, { deviation: 0.02 })],
    [/out_proj\.weight$|fc2\.weight$/, (key, shape) => initial.normal(key, shape, { deviation: added })],
    [/fc1\.weight$/, (key, shape) => initial.normal(key, shape, { deviation: (2 * width) ** -0.5 })],
    [/./, (key, shape) => initial.normal(key, shape, { deviation: width ** -0.5 })],
  ];
  const texts = shapes.has("embeddings.token_embedding.weight");
  return tree(
    [...shapes].map(([path, shape]) => {
      const own = key.fold(path);
      if (texts && path === "embeddings.position_embedding.weight")
        return [path, initial.normal(own, shape, { deviation: 0.01 })];
      return [path, rules.find(([pattern]) => pattern.test(path))![1](own, shape)];
    }),
  );
}
