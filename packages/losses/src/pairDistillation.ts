import { normalize, stopGradient, tf } from "@nearfar/tensor";
import { infoNce } from "./infoNce.ts";
import { requireTemperature } from "./requireTemperature.ts";

/** Embeddings of two kinds, `[n, d]` and `[m, d]`. */
export interface PairSides {
  readonly left: tf.Tensor2D;
  readonly right: tf.Tensor2D;
}

export interface PairDistillationOptions {
  /** The student's. */
  temperature?: number | tf.Scalar;
  teacherTemperature?: number;
}

/**
 * Distillation of CLIP: over the rights a left's softmax is its teacher's, over the lefts a right's; cosine similarity, the mean of the two
 * directions in nats.
 *
 * `(mean_i -Σ_j p_ij log softmax(s_i / T)_j + mean_j -Σ_i q_ij log softmax(s_j / T)_i) / 2`, p and q the teacher's softmax by row and by column, at
 * its own temperature. Student `[n, d]` and `[m, d]`, teacher `[n, e]` and `[m, e]`; widths may differ. No gradient flows to the teacher.
 * Throws RangeError where the numbers of rows differ.
 * Source: Hinton et al. 2015, section 2; on the similarities of two towers Wu et al. 2023 (TinyCLIP), section 3.1; mlfoundations/open_clip's
 * `DistillClipLoss`, whose teachers have temperature 1/100.
 */
export function pairDistillation(
  student: PairSides,
  teacher: PairSides,
  { temperature = 0.07, teacherTemperature = 0.01 }: PairDistillationOptions = {},
): tf.Scalar {
  for (const side of ["left", "right"] as const)
    if (student[side].shape[0] !== teacher[side].shape[0])
      throw new RangeError(
        `pairDistillation: the teacher has one row per row of the student; got ${side} [${student[side].shape.join(", ")}] and [${teacher[side].shape.join(", ")}].`,
      );
  requireTemperature("pairDistillation", teacherTemperature);
  const [a, b] = [normalize(student.left), normalize(student.right)]; // [n, d], [m, d]
  const [p, q] = [normalize(teacher.left), normalize(teacher.right)]; // [n, e], [m, e]
  const taught = stopGradient(tf.div(tf.matMul(p, q, false, true), teacherTemperature) as tf.Tensor2D); // [n, m]
  const there = infoNce(a, b, { positive: tf.softmax(taught), temperature });
  const back = infoNce(b, a, { positive: tf.softmax(tf.transpose(taught)), temperature });
  return tf.mul(tf.add(there, back), 0.5);
}
