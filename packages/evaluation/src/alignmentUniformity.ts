import { checkVectors } from "@nearfar/search";
import type { Vectors } from "@nearfar/formats";
import { alignmentOf } from "./alignmentOf.ts";
import { uniformityOf } from "./uniformityOf.ts";

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
  const spread = [left, right].map((view) => uniformityOf("alignmentUniformity", view)) as [number, number];
  return { alignment: alignmentOf(left, right), uniformity: (spread[0] + spread[1]) / 2 };
}
