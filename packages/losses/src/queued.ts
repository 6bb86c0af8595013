import type { tf } from "@nearfar/tensor";
import { normalize, stopGradient } from "@nearfar/tensor";
import { infoNce } from "./infoNce.ts";
import { requirePairs } from "./requirePairs.ts";

export interface QueuedOptions {
  /** Keys of earlier batches, `[k, d]`, rows of length 1 as a method enqueues them. They are all negatives. */
  queue: tf.Tensor2D;
  temperature?: number | tf.Scalar;
}

/**
 * The loss of MoCo: each query finds its own key among that key and k queued ones; cosine similarity, the mean in nats.
 *
 * `mean_i -log( exp(q_i·k_i / T) / (exp(q_i·k_i / T) + Σ_j exp(q_i·queue_j / T)) )`. Queries and keys `[n, d]`, row i of one image; any
 * lengths. No gradient flows to the keys or the queue. Throws RangeError where shapes do not meet.
 * Source: He et al. 2020, eq. 1 and Algorithm 1; facebookresearch/moco sets 0.07, for v2 0.2.
 */
export function queued(
  queries: tf.Tensor2D,
  keys: tf.Tensor2D,
  { queue, temperature = 0.07 }: QueuedOptions,
): tf.Scalar {
  requirePairs("queued", "queries need one key each", queries, keys);
  const own = stopGradient(normalize(keys)); // [n, d]
  return infoNce(normalize(queries), stopGradient(queue), { own, temperature });
}
