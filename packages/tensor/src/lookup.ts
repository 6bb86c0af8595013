import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Mode } from "./mode.ts";
import { gatherRows } from "./gatherRows.ts";
import { native } from "./native.ts";
import { rowsUsed } from "./rowsUsed.ts";
import { tf } from "./tf.ts";

/**
 * The rows of a table by their numbers, `[v, d]` and int32 `[k]` -> `[k, d]`: an embedding's first step.
 *
 * The gradient adds up where a number stands more than once. It is as large as the table, or comes by the rows used where `mode` collects
 * lookups. Numbers outside the table are an error of the engine.
 */
export function lookup(table: Tensor2D, ids: Tensor1D, mode: Mode): Tensor2D {
  return tf.tidy(() => {
    const { rows, places } = rowsUsed(table, ids, mode);
    const [count] = rows.shape;
    const op = tf.customGrad((input, save) => {
      (save as tf.GradSaveFunc)([places]);
      return {
        value: gatherRows(input as Tensor2D, places),
        gradFunc: (dy, [saved]) => {
          const types = {
            T: { type: "float32" },
            Tindices: { type: "int32" },
            Tnumsegments: { type: "int32" },
          } as const;
          return native("UnsortedSegmentSum", [dy as Tensor, saved!, tf.scalar(count, "int32")], types)[0]!;
        },
      };
    });
    return op(rows) as Tensor2D;
  });
}
