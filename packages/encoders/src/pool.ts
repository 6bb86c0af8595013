import { gatherRows, lookup, native, tf, type Tensor, type Tensor1D, type Tensor2D } from "@nearfar/tensor";
import type { Tokens } from "./tokens.ts";

/** How the token states of a text become one vector: sentence-transformers' modes. */
export type Pooling = "cls" | "last" | "max" | "mean" | "mean-sqrt-len" | "weighted-mean";

/**
 * The token states of each text as one row, `[total, h] -> [n, h]`.
 *
 * `mean`: Σ x / |T|. `mean-sqrt-len`: Σ x / √|T|. `weighted-mean`: weights 1, 2, ... by position. `max`: per feature (ties share the gradient).
 * `cls`: the first token. `last`: the last one. Source: sentence-transformers 6.2 `Pooling`.
 */
export function pool(hidden: Tensor2D, tokens: Tokens, kind: Pooling): Tensor2D {
  return tf.tidy(() => {
    const { rows, mask } = tokens;
    const counts = tf.sum(mask, 1, true) as Tensor2D; // [n, 1]
    switch (kind) {
      case "mean":
        return tf.div(segmentSum(hidden, rows, mask.shape[0]), counts);
      case "mean-sqrt-len":
        return tf.div(segmentSum(hidden, rows, mask.shape[0]), tf.sqrt(counts));
      case "weighted-mean": {
        const weights = tf.expandDims(tf.add(tf.cast(tokens.positions, "float32"), 1), 1); // [total, 1]
        const sum = segmentSum(tf.mul(hidden, weights), rows, mask.shape[0]);
        return tf.div(sum, tf.div(tf.mul(counts, tf.add(counts, 1)), 2));
      }
      case "max":
        return segmentMax(hidden, rows, mask.shape[0]);
      case "cls":
        return lookup(hidden, ends(counts).first, { training: false });
      case "last":
        return lookup(hidden, ends(counts).last, { training: false });
    }
  });
}

/** The sum of each text's rows; the gradient hands a text's row to each of its tokens. */
function segmentSum(x: Tensor2D, rows: Tensor1D, n: number): Tensor2D {
  const op = tf.customGrad((input, save) => {
    (save as tf.GradSaveFunc)([rows]);
    return {
      value: segments("UnsortedSegmentSum", input as Tensor, rows, n),
      gradFunc: (dy, [rows]) => gatherRows(dy as Tensor2D, rows as Tensor1D),
    };
  });
  return op(x) as Tensor2D;
}

function segmentMax(x: Tensor2D, rows: Tensor1D, n: number): Tensor2D {
  const op = tf.customGrad((input, save) => {
    const most = segments("UnsortedSegmentMax", input as Tensor, rows, n) as Tensor2D;
    (save as tf.GradSaveFunc)([input as Tensor, most, rows]);
    return {
      value: most,
      gradFunc: (dy, [x, most, saved]) => {
        const rows = saved as Tensor1D;
        const is = tf.cast(tf.equal(x!, gatherRows(most as Tensor2D, rows)), "float32"); // [total, h]
        const share = tf.div(dy as Tensor, segments("UnsortedSegmentSum", is, rows, n)); // ties
        return tf.mul(is, gatherRows(share as Tensor2D, rows));
      },
    };
  });
  return op(x) as Tensor2D;
}

function segments(op: string, x: Tensor, rows: Tensor, n: number): Tensor {
  const types = { T: { type: "float32" }, Tindices: { type: "int32" }, Tnumsegments: { type: "int32" } } as const;
  return native(op, [x, rows, tf.scalar(n, "int32")], types)[0]!;
}

/** The rows of each text's first and last token, from the texts' lengths. */
function ends(counts: Tensor2D): { first: Tensor1D; last: Tensor1D } {
  const lengths = tf.cast(tf.reshape(counts, [counts.shape[0]]), "int32");
  const behind = tf.cumsum(lengths, 0);
  return { first: tf.sub(behind, lengths) as Tensor1D, last: tf.sub(behind, tf.scalar(1, "int32")) as Tensor1D };
}
