import { foldSeed, type Params, type Tensor2D } from "@nearfar/tensor";
import { transformerLayer, type LayerContext, type LayerKind } from "./transformerLayer.ts";

/** Layers one after another, `[total, h] -> [total, h]`, each with a seed of its own; x and what lies between are freed. `params` has them by number. */
export function transformerStack(kind: LayerKind, params: Params, x: Tensor2D, context: LayerContext): Tensor2D {
  const { mode } = context;
  let y = x;
  for (let i = 0; i < Object.keys(params).length; i++) {
    const own = mode.training ? { ...mode, seed: foldSeed(mode.seed, `layer${i}`) } : mode;
    const next = transformerLayer(kind, params[i] as Params, y, { ...context, mode: own }); // [total, h]
    y.dispose();
    y = next;
  }
  return y;
}
