import {
  gatherRows,
  isTrainable,
  leaves,
  mapLeaves,
  writeRows,
  type Gradient,
  type Params,
  type RowsGradient,
  type Tensor,
  type Tensor2D,
} from "@nearfar/tensor";

/** From a leaf, its gradient and its slots (in the order of their names) to the new leaf and the new slots. */
export type Rule = (leaf: Tensor, gradient: Tensor, slots: Tensor[]) => [Tensor, ...Tensor[]];

/**
 * Applies a rule to every leaf that has a gradient; the others, and their slots, pass through as the same tensors.
 *
 * Where a gradient comes by rows, the rule sees these rows alone, of the leaf and of its slots, and they are written in place: a table costs
 * what a step uses of it. `slots` holds one tree per name. Throws RangeError for a gradient whose path is no trainable leaf, or whose shape
 * (or a slot's) is another.
 */
export function updateLeaves(
  gradients: ReadonlyMap<string, Gradient>,
  params: Params,
  slots: Params,
  rule: Rule,
): { params: Params; slots: Params } {
  const all = leaves(params);
  const names = Object.keys(slots);
  const remembered = names.map((name) => leaves(slots[name] as Params));
  const moved = new Map<string, Tensor[]>();
  for (const [path, gradient] of gradients) {
    const leaf = all.get(path);
    if (!leaf || !isTrainable(path)) throw new RangeError(`update: "${path}" has a gradient but is no trainable leaf.`);
    const old = remembered.map((slot) => slot.get(path));
    for (const shape of [shapeFor(gradient, leaf), ...old.map((slot) => slot?.shape ?? "no slot")])
      if (String(shape) !== String(leaf.shape))
        throw new RangeError(
          `update: the gradient and the slots of "${path}" have its shape [${leaf.shape}]; got [${shape}]. Are they of another net?`,
        );
    moved.set(
      path,
      "values" in gradient
        ? byRows(rule, [leaf, ...(old as Tensor[])], gradient)
        : rule(leaf, gradient, old as Tensor[]),
    );
  }
  const replace = (which: number) => (leaf: Tensor, path: string) => moved.get(path)?.[which] ?? leaf;
  return {
    params: mapLeaves(params, replace(0)),
    slots: Object.fromEntries(names.map((name, i) => [name, mapLeaves(slots[name] as Params, replace(i + 1))])),
  };
}

/** The shape of the leaf that a gradient is for: of one by rows only the width is known. */
function shapeFor(gradient: Gradient, leaf: Tensor): readonly number[] {
  return "values" in gradient ? [leaf.shape[0]!, ...gradient.values.shape.slice(1)] : gradient.shape;
}

function byRows(rule: Rule, tensors: readonly Tensor[], { indices, values }: RowsGradient): Tensor[] {
  const [leaf, ...slots] = tensors.map((tensor) => gatherRows(tensor as Tensor2D, indices)); // [u, d] each
  return rule(leaf!, values, slots).map((rows, i) => writeRows(tensors[i] as Tensor2D, indices, rows as Tensor2D));
}
