import type { tf } from "@nearfar/tensor";
import { normalize } from "@nearfar/tensor";
import type { Columns } from "./columns.ts";
import { diagonal } from "./diagonal.ts";
import { infoNce } from "./infoNce.ts";

export interface SupConOptions {
  temperature?: number | tf.Scalar;
}

/**
 * Supervised contrastive loss: each view finds all others of its label among all others; cosine similarity, the mean in nats.
 *
 * `mean_i mean_{p in P(i)} -log( exp(s_ip / T) / Σ_{j≠i} exp(s_ij / T) )`, P(i) all others with the label of i: the outer form of the paper.
 * Views `[2n, d]`, or any number of rows of any lengths; labels int32, one per row. With the image's index as label it is `ntXent`.
 * A view that is alone with its label is left out of the mean, though it stays a candidate. Throws RangeError unless there is a label per view.
 * Source: Khosla et al. 2020, eq. 2; temperature 0.1 as theirs. Their code also multiplies by temperature / 0.07; this one does not.
 */
export function supCon(views: tf.Tensor2D, labels: Columns, { temperature = 0.1 }: SupConOptions = {}): tf.Scalar {
  const z = normalize(views); // [2n, d]
  return infoNce(z, z, {
    positive: { anchors: labels, candidates: labels },
    excluded: diagonal(z.shape[0]),
    temperature,
  });
}
