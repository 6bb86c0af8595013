import { alignment, uniformity } from "@nearfar/losses";
import { tf } from "@nearfar/tensor";
import { checkVectors } from "./checkVectors.ts";
import type { Vectors } from "./vectors.ts";

/**
 * How near positives are and how evenly all embeddings spread, both lower is better.
 *
 * `alignment = mean_i |x_i - y_i|²` and `uniformity = (U(x) + U(y)) / 2`, `U(x) = ln mean_{i≠j} exp(-2 |x_i - x_j|²)`, rows brought to
 * length 1. Both views `[n, d]`, row i of one example. It compares all pairs: at most 16,384 rows, so take a sample of a larger set.
 * Throws RangeError where the shapes differ, for fewer than two rows or for too many.
 * Source: Wang and Isola 2020, section 4.1; the mean of both views as in ssnl/align_uniform.
 */
export function alignmentUniformity(left: Vectors, right: Vectors): { alignment: number; uniformity: number } {
  checkVectors("alignmentUniformity: left", left);
  checkVectors("alignmentUniformity: right", right);
  if (left.rows > LIMIT)
    throw new RangeError(
      `alignmentUniformity: all pairs of at most ${LIMIT} rows are compared; got ${left.rows}. Pass a sample of the rows.`,
    );
  return tf.tidy(() => {
    const [x, y] = [left, right].map(({ data, rows, dimensions }) => tf.tensor2d(data, [rows, dimensions])) as [
      tf.Tensor2D,
      tf.Tensor2D,
    ];
    const pull = alignment(x, y).dataSync()[0]!;
    const spread = [x, y].map((view) => tf.tidy(() => uniformity(view).dataSync()[0]!)) as [number, number];
    return { alignment: pull, uniformity: (spread[0] + spread[1]) / 2 };
  });
}

const LIMIT = 16_384; // a gigabyte of distances
