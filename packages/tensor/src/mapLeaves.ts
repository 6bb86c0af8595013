import { Tensor } from "@tensorflow/tfjs-core";
import type { Params } from "./params.ts";

/** A tree of the same shape with every leaf replaced by `change(leaf, path)`. */
export function mapLeaves<T extends Params>(params: T, change: (leaf: Tensor, path: string) => Tensor, prefix = ""): T {
  const entries = Object.entries(params).map(([name, child]) => {
    const path = prefix + name;
    return [name, child instanceof Tensor ? change(child, path) : mapLeaves(child, change, `${path}.`)] as const;
  });
  return Object.fromEntries(entries) as unknown as T;
}
