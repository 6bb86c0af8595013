import { Tensor } from "@tensorflow/tfjs-core";
import type { Params } from "./params.ts";

/** The tree of leaves given by their dotted paths; the inverse of `leaves`. Throws RangeError where a path is a leaf and a branch at once. */
export function tree(leaves: Iterable<readonly [string, Tensor]>): Params {
  const root: Branch = Object.create(null) as Branch; // a path may be called __proto__ in a hostile file
  for (const [path, leaf] of leaves) {
    const names = path.split(".");
    let branch = root;
    for (const name of names.slice(0, -1)) {
      const next = (branch[name] ??= Object.create(null) as Branch);
      if (next instanceof Tensor) throw new RangeError(`tree: "${path}" goes through a leaf.`);
      branch = next;
    }
    const last = names.at(-1)!;
    if (last in branch) throw new RangeError(`tree: "${path}" is there twice, or is a branch.`);
    branch[last] = leaf;
  }
  return root;
}

interface Branch {
  [name: string]: Tensor | Branch;
}
