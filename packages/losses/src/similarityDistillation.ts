import { normalize, softmaxCrossEntropy, stopGradient, tf } from "@nearfar/tensor";
import { diagonal } from "./diagonal.ts";
import { mask } from "./mask.ts";
import { requireTemperature } from "./requireTemperature.ts";

export interface SimilarityDistillationOptions {
  /** `kl`: the divergence of the student's softmax over the other texts from the teacher's; `squared`: the mean squared error of cosines. */
  measure?: "kl" | "squared";
  /** Of both softmaxes, where the measure is `kl`. */
  temperature?: number;
}

/**
 * Distillation of similarities: a text is as similar to the others of the batch as its teacher finds it; cosine similarity.
 *
 * `mean_i KL(softmax_{j≠i}(t_ij / T) || softmax_{j≠i}(s_ij / T))`, or `mean_{i≠j} (s_ij - t_ij)²`, s and t the cosines of student and teacher.
 * Student `[n, d]` and teacher `[n, e]`, row i one text, n at least 2; their widths may differ. No gradient flows to the teacher.
 * Throws RangeError where the numbers of rows differ or are below 2.
 * Source: Hinton et al. 2015, section 2, on similarities as Tung and Mori 2019; the factor T² that sentence-transformers' `DistillKLDivLoss`
 * puts before `kl` is left out.
 */
export function similarityDistillation(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  { measure = "kl", temperature = 0.05 }: SimilarityDistillationOptions = {},
): tf.Scalar {
  const n = student.shape[0];
  if (n < 2 || teacher.shape[0] !== n)
    throw new RangeError(
      `similarityDistillation: student and teacher share at least two texts; got [${student.shape.join(", ")}] and [${teacher.shape.join(", ")}].`,
    );
  requireTemperature("similarityDistillation", temperature);
  const [s, t] = [similarities(student), stopGradient(similarities(teacher))]; // [n, n]
  if (measure === "squared") {
    const others = mask("self", diagonal(n), [n, n], -1);
    const errors = tf.mul(tf.square(tf.sub(s, t)), tf.add(others, 1));
    return tf.div(tf.sum(errors), n * (n - 1));
  }
  const self = mask("self", diagonal(n), [n, n], -1e9); // exp makes it 0
  const [logits, taught] = [s, t].map((x) => tf.add(tf.div(x, temperature), self)) as [tf.Tensor2D, tf.Tensor2D];
  const labels = stopGradient(tf.softmax(taught)); // [n, n]
  return tf.mean(tf.sub(softmaxCrossEntropy(logits, labels), stopGradient(softmaxCrossEntropy(taught, labels))));
}

function similarities(embeddings: tf.Tensor2D): tf.Tensor2D {
  const z = normalize(embeddings);
  return tf.matMul(z, z, false, true); // [n, n]
}
