import { gatherRows, lookup, native, tf, type Tensor1D, type Tensor2D } from "@nearfar/tensor";
import type { Tokens } from "./tokens.ts";

/**
 * The state of each text's end-of-text token, `[total, h] -> [n, h]`: the first with that id, or the first of the largest id.
 *
 * A text without it gives its first token, as there. Source: transformers 5 `modeling_clip.py`, `CLIPTextModel`.
 */
export function endOfText(hidden: Tensor2D, { ids, rows, mask }: Tokens, end: number | "largest"): Tensor2D {
  return tf.tidy(() => {
    const segments = (op: string, x: Tensor1D) => {
      const types = { T: { type: "int32" }, Tindices: { type: "int32" }, Tnumsegments: { type: "int32" } } as const;
      return native(op, [x, rows, tf.scalar(mask.shape[0], "int32")], types)[0] as Tensor1D; // [n]
    };
    const largest = () =>
      tf.reshape(gatherRows(tf.expandDims(segments("UnsortedSegmentMax", ids), 1) as Tensor2D, rows), [-1]);
    const isEnd = tf.equal(ids, end === "largest" ? largest() : tf.scalar(end, "int32")); // [total]
    // Tokens that are no end are counted from behind the last one, so that the least number is the first end, or else the first token.
    const total = ids.shape[0];
    const place = tf.range(0, total, 1, "int32");
    const counted = tf.where(isEnd, place, tf.add(place, tf.scalar(total, "int32")));
    const first = segments("UnsortedSegmentMin", counted as Tensor1D);
    const behind = tf.sub(first, tf.scalar(total, "int32"));
    const at = tf.where(tf.less(first, tf.scalar(total, "int32")), first, behind) as Tensor1D;
    return lookup(hidden, at, { training: false });
  });
}
