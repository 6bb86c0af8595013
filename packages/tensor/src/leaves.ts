import { Tensor } from "@tensorflow/tfjs-core";
import type { Params } from "./params.ts";

/** The leaves of a tree by their dotted paths, in the order in which the tree was built. Throws RangeError for a name with a dot or none. */
export function leaves(params: Params, prefix = ""): Map<string, Tensor> {
  const all = new Map<string, Tensor>();
  for (const [name, child] of Object.entries(params)) {
    if (name === "" || name.includes("."))
      throw new RangeError(`leaves: a name is not empty and has no dot; got "${prefix}${name}".`);
    if (child instanceof Tensor) all.set(prefix + name, child);
    else for (const [path, leaf] of leaves(child, `${prefix}${name}.`)) all.set(path, leaf);
  }
  return all;
}
