import { tf } from "@nearfar/tensor";
import { columns } from "./columns.ts";
import type { Columns } from "./columns.ts";

/** A group's label per anchor and per candidate: a candidate belongs to an anchor where the labels are equal. */
export interface Groups {
  readonly anchors: Columns;
  readonly candidates: Columns;
}

/** Which candidates belong to an anchor: one column per anchor, or all of its group. Tensors or numbers, never a function of the data. */
export type Pattern = Columns | Groups;

/** A pattern as a matrix `[n, m]`: `value` where the candidate belongs to the anchor, 0 elsewhere. Throws RangeError where shapes do not meet. */
export function mask(name: string, pattern: Pattern, [n, m]: [number, number], value: number): tf.Tensor2D {
  if (!("anchors" in pattern)) return tf.oneHot(columns(name, pattern, n), m, value, 0, "float32") as tf.Tensor2D;
  const anchors = tf.expandDims(columns(`${name}.anchors`, pattern.anchors, n), 1); // [n, 1]
  const candidates = tf.expandDims(columns(`${name}.candidates`, pattern.candidates, m), 0); // [1, m]
  return tf.mul(tf.cast(tf.equal(anchors, candidates), "float32"), value); // [n, m]
}
