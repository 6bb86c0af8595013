import type { Vectors } from "@nearfar/formats";
import { normalize, tf, type Tensor2D } from "@nearfar/tensor";

export interface WhitenTableOptions {
  /** Half way: the shares of the directions become their square roots instead of equal. */
  readonly half?: boolean;
}

/**
 * A table of token vectors `[v, d]`, turned so that a sample of texts `[m, d]`, each of length 1, spreads evenly over all directions: a new tensor.
 *
 *     row_t -> row_t C^(-1/2),   C = (1/m) sum_i x_i x_i^T + 1e-6 I;   half: C^(-1/4)
 *
 * A mean of such rows is the mean, turned: nothing but the table changes, for whoever reads it. Directions that all texts share (frequent words,
 * topics of the corpus) hide what tells them apart; whitening gives each direction the same say, half of it a fairer one, since rare directions
 * are noisy. Source: Su et al. 2021, "Whitening sentence representations", eq. 5 to 7, without the mean, whose removal changed nothing on
 * STS-B's dev set, and with the symmetric root, which has the same cosines. Throws RangeError for fewer texts than dimensions.
 */
export function whitenTable(
  table: Tensor2D,
  { rows, dimensions, data }: Vectors,
  { half = false }: WhitenTableOptions = {},
): Tensor2D {
  if (rows <= dimensions)
    throw new RangeError(`whitenTable: more texts than dimensions are needed; got ${rows} for ${dimensions}.`);
  return tf.tidy(() => {
    const sample = normalize(tf.tensor2d(data, [rows, dimensions]));
    const moments = tf.div(tf.matMul(sample, sample, true), rows) as Tensor2D; // [d, d]
    const { root, inverse } = roots(tf.add(moments, tf.mul(tf.eye(dimensions), 1e-6)) as Tensor2D);
    return tf.matMul(table, half ? roots(root).inverse : inverse);
  });
}

/**
 * The square root of a symmetric positive matrix and its inverse, by the coupled iteration `T = (3I - ZY) / 2, Y = YT, Z = TZ`.
 *
 * Source: Higham 2008, "Functions of matrices", eq. 6.35.
 */
function roots(matrix: Tensor2D): { root: Tensor2D; inverse: Tensor2D } {
  const identity = tf.eye(matrix.shape[0]) as Tensor2D;
  const scale = tf.sum(tf.mul(matrix, identity)); // the trace: above the largest eigenvalue, as the iteration needs
  let y = tf.div(matrix, scale) as Tensor2D;
  let z = identity;
  for (let i = 0; i < ITERATIONS; i++) {
    const t = tf.div(tf.sub(tf.mul(identity, 3), tf.matMul(z, y)), 2) as Tensor2D;
    [y, z] = [tf.matMul(y, t), tf.matMul(t, z)];
  }
  const length = tf.sqrt(scale);
  return { root: tf.mul(y, length) as Tensor2D, inverse: tf.div(z, length) as Tensor2D };
}

/** Each multiplies the share of a small eigenvalue by up to 2.25, from 1e-6 or more to near 1; then the error squares. */
const ITERATIONS = 28;
