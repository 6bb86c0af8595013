import { stopGradient, tf } from "@nearfar/tensor";
import { cosines } from "./cosines.ts";
import { requirePairs } from "./requirePairs.ts";

export interface VectorDistillationOptions {
  /** `squared`: the mean squared error over all entries; `cosine`: 1 - cosine, which leaves lengths free. */
  measure?: "squared" | "cosine";
}

/**
 * Distillation of vectors: a student's embedding is its teacher's.
 *
 * `mean_ik (s_ik - t_ik)²`, or `mean_i (1 - cos(s_i, t_i))`. Both `[n, d]`, row i one text. No gradient flows to the teacher. Throws RangeError
 * where shapes differ: a student of another width needs a linear head.
 * Source: Reimers and Gurevych 2020, section 2 (squared); sentence-transformers' `EmbedDistillLoss`.
 */
export function vectorDistillation(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  { measure = "squared" }: VectorDistillationOptions = {},
): tf.Scalar {
  requirePairs("vectorDistillation", "the student has one vector per vector of its teacher", student, teacher);
  const target = stopGradient(teacher);
  if (measure === "cosine") return tf.sub(1, tf.mean(cosines(student, target)));
  return tf.mean(tf.square(tf.sub(student, target)));
}
