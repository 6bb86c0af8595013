import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** Rows by their numbers, outside the gradient, `[v, d]` and int32 `[k]` -> `[k, d]`. `tf.gather` would check the numbers in JavaScript; the engine does. */
export function gatherRows(table: Tensor2D, indices: Tensor1D): Tensor2D {
  const types = {
    Tparams: { type: "float32" },
    Tindices: { type: "int32" },
    Taxis: { type: "int32" },
    batch_dims: { int: 0 },
  } as const;
  return tf.tidy(() => native("GatherV2", [table, indices, tf.scalar(0, "int32")], types)[0] as Tensor2D);
}
