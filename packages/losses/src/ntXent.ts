import { normalize, tf } from "@nearfar/tensor";
import { diagonal } from "./diagonal.ts";
import { infoNce } from "./infoNce.ts";
import { requirePairs } from "./requirePairs.ts";

export interface NtXentOptions {
  temperature?: number | tf.Scalar;
}

/**
 * NT-Xent, the loss of SimCLR: each of 2n views finds the other view of its image among the 2n - 1 others; cosine similarity, the mean in nats.
 *
 * `mean_i -log( exp(s_ip / T) / Σ_{j≠i} exp(s_ij / T) )`, p the other view of i. Both views `[n, d]`, row i of one image; any lengths.
 * Collapsed embeddings give ln(2n - 1). Throws RangeError where the views' shapes differ.
 * Source: Chen et al. 2020, eq. 1 and Algorithm 1; google-research/simclr sets 0.5 on CIFAR-10, 0.1 on ImageNet.
 */
export function ntXent(left: tf.Tensor2D, right: tf.Tensor2D, { temperature = 0.5 }: NtXentOptions = {}): tf.Scalar {
  requirePairs("ntXent", "both views need one row per image", left, right);
  const n = left.shape[0];
  const z = normalize(tf.concat([left, right], 0)); // [2n, d]
  const other = [...diagonal(n, { offset: n }), ...diagonal(n)]; // (i + n) mod 2n
  return infoNce(z, z, { positive: other, excluded: diagonal(2 * n), temperature });
}
