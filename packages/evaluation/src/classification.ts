import { permutation, type Key } from "@nearfar/random";
import { checkLabelled } from "./checkLabelled.ts";
import { classificationScores, type ClassificationScores } from "./classificationScores.ts";
import type { Labelled } from "./labelled.ts";
import { logisticRegression, type LogisticRegressionOptions } from "./logisticRegression.ts";
import { takeRows } from "./takeRows.ts";

/** How the classifier's few examples are drawn, and how it is fitted. */
export interface ClassificationOptions extends LogisticRegressionOptions {
  /** How many training examples per class each classifier sees; all of a class that has fewer. */
  samples?: number;
  /** How many classifiers, each from examples of its own. */
  experiments?: number;
}

/** The mean over experiments, and each by itself. */
export interface Classification extends ClassificationScores {
  readonly experiments: readonly ClassificationScores[];
}

/**
 * Classification as MTEB defines it: logistic regression on a few embeddings per class, ten times, and the mean of the scores.
 *
 * Train `[n, d]`, test `[m, d]`. Which examples are drawn hangs on the key, so a number differs from MTEB's by the draw (the spread of
 * `experiments` shows how much). Throws UserError for one class or missing labels, RangeError for malformed sets or options.
 * Source: MTEB's `AbsTaskClassification`: 8 samples per label, 10 experiments, accuracy the main score.
 */
export function classification(
  key: Key,
  train: Labelled,
  test: Labelled,
  options: ClassificationOptions = {},
): Classification {
  const { samples = 8, experiments = 10, ...fit } = options;
  checkLabelled("classification", train, test);
  for (const [name, value] of Object.entries({ samples, experiments }))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`classification: ${name} is a whole number from 1; got ${value}.`);
  const each = Array.from({ length: experiments }, (_, experiment) => {
    const rows = fewOfEach(train.labels, permutation(key.fold(experiment), train.rows), samples);
    const few = { ...takeRows(train, rows), labels: Int32Array.from(rows, (row) => train.labels[row]!) };
    return classificationScores(test.labels, logisticRegression(few, fit).predict(test));
  });
  const mean = (which: keyof ClassificationScores) => each.reduce((sum, one) => sum + one[which], 0) / experiments;
  return {
    accuracy: mean("accuracy"),
    f1: mean("f1"),
    precision: mean("precision"),
    recall: mean("recall"),
    f1Weighted: mean("f1Weighted"),
    precisionWeighted: mean("precisionWeighted"),
    recallWeighted: mean("recallWeighted"),
    experiments: each,
  };
}

/** The first `samples` rows of each class, in the given order. */
function fewOfEach(labels: Int32Array, order: Uint32Array, samples: number): Uint32Array {
  const taken = new Map<number, number>();
  return order.filter((row) => {
    const before = taken.get(labels[row]!) ?? 0;
    taken.set(labels[row]!, before + 1);
    return before < samples;
  });
}
