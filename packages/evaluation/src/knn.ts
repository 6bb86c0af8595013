import { UserError } from "@nearfar/formats";
import { checkLabelled } from "./checkLabelled.ts";
import { nearest, type Neighbours } from "@nearfar/search";
import type { Labelled } from "./labelled.ts";

/** Settings of the vote. */
export interface KnnOptions {
  /** How many neighbours vote. */
  k?: number;
  /** A neighbour's weight is exp(cosine / temperature). */
  temperature?: number;
  /** The number of classes, the largest label + 1 if absent. */
  classes?: number;
}

/**
 * The accuracy, 0 to 1, of a weighted vote of each test row's k nearest training rows.
 *
 * `argmax_c Σ_{i in kNN, label_i = c} exp(cos(x, x_i) / temperature)`; of equal classes the lowest. Train `[n, d]`, test `[m, d]`.
 * Throws UserError for fewer training rows than k, one class or missing labels; RangeError for malformed sets.
 * Source: Wu et al. 2018, section 3.4; k 200 and temperature 0.1 of lightly's `knn_predict` (and VISSL).
 */
export function knn(train: Labelled, test: Labelled, { k = 200, temperature = 0.1, classes }: KnnOptions = {}): number {
  const count = checkLabelled("knn", train, test, classes);
  if (!(temperature > 0)) throw new RangeError(`knn: the temperature is above 0; got ${temperature}.`);
  if (k > train.rows)
    throw new UserError(
      `knn: k is at most the number of training examples; got k ${k} and ${train.rows} examples. Lower k or add examples.`,
    );
  const neighbours = nearest(test, train, k);
  const right = test.labels.filter(
    (label, row) => label === vote(neighbours, row, { labels: train.labels, count, temperature }),
  );
  return right.length / test.rows;
}

interface Ballot {
  labels: Int32Array;
  count: number;
  temperature: number;
}

function vote({ k, indices, scores }: Neighbours, row: number, { labels, count, temperature }: Ballot): number {
  const votes = new Float64Array(count);
  const largest = scores[row * k]!; // taken off every cosine, so that a low temperature does not overflow
  for (let i = row * k; i < (row + 1) * k; i++)
    votes[labels[indices[i]!]!]! += Math.exp((scores[i]! - largest) / temperature);
  return votes.reduce((best, weight, label) => (weight > votes[best]! ? label : best), 0);
}
