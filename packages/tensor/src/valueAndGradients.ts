import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Gradient, RowsGradient } from "./gradient.ts";
import { isTrainable } from "./isTrainable.ts";
import { leaves } from "./leaves.ts";
import type { Lookups } from "./lookups.ts";
import { native } from "./native.ts";
import type { Params } from "./params.ts";
import { scatterAdd } from "./scatterAdd.ts";
import { tf } from "./tf.ts";

/** Without lookups every gradient is as large as its leaf. */
export function valueAndGradients(
  loss: () => Scalar,
  params: Params,
): { value: Scalar; gradients: Map<string, Tensor> };
/** With the lookups that `loss` records through its mode, gradients of tables come by rows. */
export function valueAndGradients(
  loss: () => Scalar,
  params: Params,
  lookups: Lookups,
): { value: Scalar; gradients: Map<string, Gradient> };
/**
 * The value of `loss()` and its gradient by every trainable leaf of `params` that it uses, by dotted path; the caller owns them.
 *
 * A trainable leaf without a path to the loss has no entry. Other results of the forward pass leave it through `tf.keep`. A table that is
 * looked up and also used whole (a tied output layer) has a gradient as large as itself.
 */
export function valueAndGradients(
  loss: () => Scalar,
  params: Params,
  lookups?: Lookups,
): { value: Scalar; gradients: Map<string, Gradient> } {
  const trainable = [...leaves(params)].filter(([path]) => isTrainable(path));
  const sources = trainable.map(([, leaf]) => leaf);
  const used = () => lookups?.entries() ?? [];
  const whole = (): Scalar => {
    const value = loss();
    // The engine asks for the gradients of this list after the forward pass: the rows that were looked up are part of it by then.
    sources.push(...used().map(({ rows }) => rows));
    return value;
  };
  const { value, grads } = tf.engine().gradients(whole, sources, undefined, true);
  const gradients = new Map<string, Gradient>();
  trainable.forEach(([path, leaf], i) => {
    const parts = used().flatMap(({ table, indices }, k): RowsGradient[] => {
      const values = grads[trainable.length + k] as Tensor2D | undefined;
      return table === leaf && values ? [{ indices, values }] : [];
    });
    const gradient = joined(grads[i], parts);
    if (gradient) gradients.set(path, gradient);
  });
  lookups?.dispose();
  return { value: value as Scalar, gradients };
}

/** One gradient of a leaf from what came by its whole and by its lookups; the parts are freed where they were added up. */
function joined(whole: Tensor | undefined, parts: readonly RowsGradient[]): Gradient | undefined {
  if (parts.length === 0) return whole;
  const byRows = parts.length === 1 ? { ...parts[0]!, indices: tf.clone(parts[0]!.indices) } : added(parts);
  if (!whole) return byRows;
  const sum = scatterAdd(whole as Tensor2D, byRows);
  tf.dispose([whole, byRows.indices, byRows.values]);
  return sum;
}

function added(parts: readonly RowsGradient[]): RowsGradient {
  const [indices, values] = tf.tidy(() => {
    const all = tf.concat(parts.map(({ indices }) => indices));
    const [indices, places] = native("Unique", [all], { T: { type: "int32" }, out_idx: { type: "int32" } }, 2);
    const types = { T: { type: "float32" }, Tindices: { type: "int32" }, Tnumsegments: { type: "int32" } } as const;
    const count = tf.scalar(indices!.size, "int32");
    const rows = tf.concat(parts.map(({ values }) => values));
    return [indices!, native("UnsortedSegmentSum", [rows, places!, count], types)[0]!] as const;
  }) as readonly [Tensor1D, Tensor2D];
  tf.dispose(parts.map(({ values }) => values));
  return { indices, values };
}
