import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { Mode } from "./mode.ts";
import { native } from "./native.ts";
import { rowsUsed } from "./rowsUsed.ts";
import { tf } from "./tf.ts";

export interface Segments {
  /** The row of the result that each id belongs to, ascending, int32 `[k]`. */
  readonly rows: Tensor1D;
  /** n, the rows of the result. */
  readonly count: number;
}

/**
 * The mean of a table's rows per segment, `[v, d]` and int32 `[k]` -> `[n, d]`, without the `[k, d]` rows between: a bag of words' embedding.
 * A segment without an id is 0.
 *
 * The gradient is as large as the table, or comes by the rows used where `mode` collects lookups.
 */
export function segmentMean(table: Tensor2D, ids: Tensor1D, { rows, count }: Segments, mode: Mode): Tensor2D {
  return tf.tidy(() => {
    const { rows: part, places } = rowsUsed(table, ids, mode);
    const [size] = part.shape;
    const types = { T: { type: "float32" }, Tidx: { type: "int32" }, Tsegmentids: { type: "int32" } } as const;
    const op = tf.customGrad((input, save) => {
      (save as tf.GradSaveFunc)([places, rows]);
      const inputs = [input as Tensor, places, rows, tf.scalar(count, "int32")];
      return {
        value: native("SparseSegmentMeanWithNumSegments", inputs, { ...types, Tnumsegments: { type: "int32" } })[0]!,
        gradFunc: (dy, [where, whose]) =>
          native("SparseSegmentMeanGrad", [dy as Tensor, where!, whose!, tf.scalar(size, "int32")], types)[0]!,
      };
    });
    return op(part) as Tensor2D;
  });
}
