import { UserError, type Vectors } from "@nearfar/formats";
import { checkVectors } from "@nearfar/search";
import { tf, type Tensor2D } from "@nearfar/tensor";
import type { Labelled } from "./labelled.ts";
import { lbfgs, type Evaluation } from "./lbfgs.ts";
import { valuesOf } from "./valuesOf.ts";

/** Settings of the fit. */
export interface LogisticRegressionOptions {
  /** The inverse of the regularisation's strength, scikit-learn's C. */
  inverseStrength?: number;
  /** At most so many steps of L-BFGS. */
  iterations?: number;
  /** It has converged when no component of the mean loss's gradient is above this. */
  tolerance?: number;
}

/** A fitted classifier. */
export interface LogisticRegression {
  /** The classes that the training set holds, ascending: column j of `weight` and entry j of `bias` are those of `classes[j]`. */
  readonly classes: Int32Array;
  /** `[d, c]`, row-major. */
  readonly weight: Float64Array;
  /** `[c]` */
  readonly bias: Float64Array;
  readonly converged: boolean;
  /** The most likely class of each row, of equally likely ones the lowest: `[m]`. */
  predict(vectors: Vectors): Int32Array;
}

/**
 * Multinomial logistic regression with an L2 penalty, features as they are; from the same data always the same.
 *
 * Minimises `mean_i -ln softmax(x_i W + b)[label_i] + |W|² / (2 C n)`; the bias is not penalised. With two classes the penalty is
 * scikit-learn's of one column `w = W_1 - W_0`, `|w|² / (2 C n)`. Products run on the engine in float32, the rest in float64. Training set
 * `[n, d]` with `labels`. Throws UserError for one class, RangeError for malformed vectors, labels or options.
 * Source: sklearn.linear_model.LogisticRegression (lbfgs, C 1, 100 iterations, tolerance 1e-4), the classifier of MTEB.
 */
export function logisticRegression(train: Labelled, options: LogisticRegressionOptions = {}): LogisticRegression {
  const { inverseStrength = 1, iterations = 100, tolerance = 1e-4 } = options;
  checkVectors("logisticRegression", train);
  if (!(inverseStrength > 0))
    throw new RangeError(`logisticRegression: inverseStrength is above 0; got ${inverseStrength}.`);
  if (train.labels.length !== train.rows)
    throw new RangeError(
      `logisticRegression: there is one label per row; got ${train.labels.length} for ${train.rows} rows.`,
    );
  const classes = Int32Array.from(new Set(train.labels)).sort();
  if (classes.length < 2)
    throw new UserError("logisticRegression: the training set has at least two classes; got one.");
  const { dimensions: d } = train;
  const c = classes.length;
  const columns = new Map(Array.from(classes, (label, column) => [label, column]));
  const targets = train.labels.map((label) => columns.get(label)!);
  // Two columns of opposite sign halve |w|² twice; so that the penalty is that of w, it counts twice.
  const decay = (c === 2 ? 2 : 1) / (inverseStrength * train.rows);
  const inputs = tf.tensor2d(train.data, [train.rows, d]);
  try {
    const objective = (point: Float64Array) => evaluate(point, { inputs, targets, c, decay });
    const { point, converged } = lbfgs(objective, new Float64Array((d + 1) * c), { iterations, tolerance });
    const [weight, bias] = [point.subarray(0, d * c), point.subarray(d * c)];
    return { classes, weight, bias, converged, predict: (vectors) => predict(vectors, { classes, weight, bias }) };
  } finally {
    inputs.dispose();
  }
}

interface Problem {
  inputs: Tensor2D;
  targets: Int32Array;
  c: number;
  decay: number;
}

/** The objective and its gradient `xᵀ (softmax(x W + b) - onehot) / n + decay W`; the point is W's rows, then b. */
function evaluate(point: Float64Array, { inputs, targets, c, decay }: Problem): Evaluation {
  const [n, d] = inputs.shape;
  const gradient = new Float64Array(point.length);
  const residual = scores(inputs, point.subarray(0, d * c)); // [n, c]
  const row = new Float64Array(c);
  let value = 0;
  for (let i = 0; i < n; i++) {
    let largest = -Infinity;
    for (let j = 0; j < c; j++) largest = Math.max(largest, (row[j] = residual[i * c + j]! + point[d * c + j]!));
    let total = 0;
    for (let j = 0; j < c; j++) total += Math.exp(row[j]! - largest);
    value += (largest + Math.log(total) - row[targets[i]!]!) / n;
    for (let j = 0; j < c; j++) {
      const excess = (Math.exp(row[j]! - largest) / total - (j === targets[i] ? 1 : 0)) / n;
      residual[i * c + j] = excess;
      gradient[d * c + j]! += excess;
    }
  }
  const pull = valuesOf(() => tf.matMul(inputs, tf.tensor2d(residual, [n, c]), true)); // [d, c]
  for (let j = 0; j < d * c; j++) {
    gradient[j] = pull[j]! + decay * point[j]!;
    value += (decay / 2) * point[j]! ** 2;
  }
  return { value, gradient };
}

/** `x W`, `[n, c]`, without the bias, in an array of its own. */
function scores(inputs: Tensor2D, weight: Float64Array): Float32Array {
  const d = inputs.shape[1];
  return valuesOf(() => tf.matMul(inputs, tf.tensor2d(Float32Array.from(weight), [d, weight.length / d])));
}

function predict(
  vectors: Vectors,
  { classes, weight, bias }: Pick<LogisticRegression, "classes" | "weight" | "bias">,
): Int32Array {
  checkVectors("logisticRegression: predict", vectors);
  const { rows, dimensions: d, data } = vectors;
  const c = classes.length;
  if (d * c !== weight.length)
    throw new RangeError(
      `logisticRegression: predict takes the dimensions of the training set; got ${d} and ${weight.length / c}. Are they of one encoder?`,
    );
  const inputs = tf.tensor2d(data, [rows, d]);
  const all = scores(inputs, weight); // [m, c]
  inputs.dispose();
  return Int32Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let j = 1; j < c; j++) if (all[i * c + j]! + bias[j]! > all[i * c + best]! + bias[best]!) best = j;
    return classes[best]!;
  });
}
