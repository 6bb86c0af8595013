import { leaves, mapLeaves, tf, tree, type Gradient, type Params, type Tensor } from "@nearfar/tensor";
import type { Optimizer } from "./optimizer.ts";

/** How a part of the weights learns. */
export interface Branch {
  readonly optimizer: Optimizer;
  /** What the learning rate is multiplied by. */
  readonly factor?: number;
}

/**
 * An optimizer and a rate of its own for each branch of the tree of weights, and one for all other leaves: two towers that learn at different speeds.
 *
 * PyTorch's parameter groups. `branches` are named by their dotted paths (`image.encoder`); a leaf belongs to the first that it lies in. The slots
 * are those of each optimizer, by number in the order of the branches, the others' last. Throws RangeError for a factor below 0.
 */
export function perBranch(branches: Readonly<Record<string, Branch>>, other: Branch): Optimizer {
  const paths = Object.keys(branches);
  const all: readonly Branch[] = [...Object.values(branches), other];
  for (const { factor = 1 } of all)
    if (!(factor >= 0)) throw new RangeError(`perBranch: a factor is at least 0; got ${factor}.`);
  const branchOf = (leaf: string): number => {
    const at = paths.findIndex((path) => leaf === path || leaf.startsWith(`${path}.`));
    return at < 0 ? paths.length : at;
  };
  const part = (params: Params, at: number): Params =>
    tree([...leaves(params)].filter(([leaf]) => branchOf(leaf) === at));
  return {
    name: other.optimizer.name,
    init: (params) => Object.fromEntries(all.map(({ optimizer }, at) => [at, optimizer.init(part(params, at))])),
    update: (gradients, params, slots, rate) =>
      tf.tidy(() => {
        const updated = all.map(({ optimizer, factor = 1 }, at) => {
          const own = new Map<string, Gradient>([...gradients].filter(([leaf]) => branchOf(leaf) === at));
          return optimizer.update(own, part(params, at), slots[at] as Params, tf.mul(rate, factor));
        });
        const moved = new Map<string, Tensor>(updated.flatMap(({ params }) => [...leaves(params)]));
        return {
          params: mapLeaves(params, (_, path) => moved.get(path)!),
          slots: Object.fromEntries(updated.map(({ slots }, at) => [at, slots])),
        };
      }),
  };
}
