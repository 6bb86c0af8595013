import { native, tf, type AttentionGrid, type Tensor1D, type Tensor2D, type Tensor3D } from "@nearfar/tensor";
import type { Tokens } from "./tokens.ts";

/**
 * Where packed tokens lie in the grid of their texts, for `attention` with so many heads; the caller owns the tensors.
 *
 * Computed on the engine, so that a recorded step stays a function of the tokens.
 */
export function attentionGrid({ ids, rows, positions, mask }: Tokens, heads: number): AttentionGrid {
  const [n, t] = mask.shape;
  const total = ids.shape[0];
  const [cells, places] = tf.tidy(() => {
    const number = (value: number) => tf.scalar(value, "int32");
    const head = tf.range(0, heads, 1, "int32");
    const cell = tf.add(tf.mul(rows, number(t)), positions); // [total]
    const types = { T: { type: "int32" }, Tindices: { type: "int32" } } as const;
    const inputs = [tf.reshape(cell, [total, 1]), tf.range(0, total, 1, "int32"), tf.tensor1d([n * t], "int32")];
    const [token] = native("ScatterNd", inputs, types) as [Tensor1D]; // [n * t]
    const cells = tf.add(tf.mul(tf.reshape(token, [n, 1, t]), number(heads)), tf.reshape(head, [1, heads, 1]));
    const rowOfHead = tf.add(tf.mul(tf.reshape(rows, [total, 1]), number(heads)), head); // [total, heads]
    const places = tf.add(tf.mul(rowOfHead, number(t)), tf.reshape(positions, [total, 1]));
    return [cells, places] as [Tensor3D, Tensor2D];
  });
  return { shape: [n, heads, t], cells, places, ...(total < n * t ? { mask } : {}) };
}
