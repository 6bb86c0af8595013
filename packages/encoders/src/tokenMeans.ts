import {
  gatherRows,
  lookup,
  native,
  segmentMean,
  tf,
  type Mode,
  type Params,
  type Segments,
  type Tensor1D,
  type Tensor2D,
} from "@nearfar/tensor";

/** The means of the vectors of `ids` per segment, each times its token's weight where `params` has weights: `[n, d]`, by the leaves of `staticEmbedding`. */
export function tokenMeans(params: Params, ids: Tensor1D, segments: Segments, mode: Mode): Tensor2D {
  const leaves = params.embedding as Params;
  const table = leaves.weight as Tensor2D;
  const weights = leaves.running_token_weight as Tensor1D | undefined;
  if (!weights) return segmentMean(table, ids, segments, mode);
  return tf.tidy(() => {
    // Each token once: its row is weighted once, however often it stands in the batch.
    const types = { T: { type: "int32" }, out_idx: { type: "int32" } } as const;
    const [used, places] = native("Unique", [ids], types, 2) as [Tensor1D, Tensor1D];
    const scale = gatherRows(tf.expandDims(weights, 1), used); // [u, 1]
    const rows = tf.mul(lookup(table, used, mode), scale) as Tensor2D; // [u, d]
    return segmentMean(rows, places, segments, { training: false }); // [n, d]
  });
}
