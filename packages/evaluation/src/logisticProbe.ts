import { checkLabelled } from "./checkLabelled.ts";
import { classificationScores, type ClassificationScores } from "./classificationScores.ts";
import type { Labelled } from "./labelled.ts";
import { logisticRegression, type LogisticRegressionOptions } from "./logisticRegression.ts";

/**
 * What a logistic regression on frozen embeddings of the training set scores on the test set: accuracy, F1, precision, recall.
 *
 * Train `[n, d]`, test `[m, d]`, features as they are; no randomness. Throws UserError for one class or missing labels, RangeError for
 * malformed sets. Source: MTEB's `AbsTaskClassification` on the whole training set; `classification` takes few examples, as MTEB does.
 */
export function logisticProbe(
  train: Labelled,
  test: Labelled,
  options: LogisticRegressionOptions = {},
): ClassificationScores {
  checkLabelled("logisticProbe", train, test);
  return classificationScores(test.labels, logisticRegression(train, options).predict(test));
}
