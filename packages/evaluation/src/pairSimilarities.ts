import type { Vectors } from "@nearfar/formats";
import { checkVectors } from "@nearfar/search";

/** The four ways in which two embeddings are compared; a larger one is always nearer. */
export type Similarity = "cosine" | "dot" | "euclidean" | "manhattan";

/**
 * How near row i of the left is to row i of the right, in four ways, each `[n]`; distances are negated, so that larger is nearer in all.
 *
 * `x·y / (|x| |y|)`, `x·y`, `-|x - y|`, `-Σ |x_j - y_j|`, summed in float64 and kept in float32, so that pairs of equal rows have equal
 * cosines. Both sides `[n, d]`; a row of zeros has cosine 0. Throws RangeError for malformed vectors or other shapes.
 * Source: sentence-transformers, `pairwise_cos_sim`, `pairwise_dot_score`, `pairwise_euclidean_sim`, `pairwise_manhattan_sim`.
 */
export function pairSimilarities(left: Vectors, right: Vectors): Record<Similarity, Float32Array> {
  checkVectors("pairSimilarities: left", left);
  checkVectors("pairSimilarities: right", right);
  const { rows, dimensions: d } = left;
  if (rows !== right.rows || d !== right.dimensions)
    throw new RangeError(
      `pairSimilarities: both sides have one row per pair, of one encoder; got [${rows}, ${d}] and [${right.rows}, ${right.dimensions}].`,
    );
  const make = () => new Float32Array(rows);
  const found = { cosine: make(), dot: make(), euclidean: make(), manhattan: make() };
  for (let i = 0; i < rows; i++) {
    let [dot, xx, yy, squares, absolute] = [0, 0, 0, 0, 0];
    for (let j = i * d; j < (i + 1) * d; j++) {
      const [x, y] = [left.data[j]!, right.data[j]!];
      dot += x * y;
      xx += x * x;
      yy += y * y;
      squares += (x - y) ** 2;
      absolute += Math.abs(x - y);
    }
    found.cosine[i] = xx > 0 && yy > 0 ? dot / Math.sqrt(xx * yy) : 0;
    found.dot[i] = dot;
    found.euclidean[i] = -Math.sqrt(squares);
    found.manhattan[i] = -absolute;
  }
  return found;
}
