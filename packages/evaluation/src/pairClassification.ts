import { averagePrecision } from "./averagePrecision.ts";
import { thresholdSteps, type ThresholdStep } from "./thresholdSteps.ts";

/** How well one similarity tells pairs that belong together from those that do not; all from 0 to 1 but the thresholds. */
export interface PairClassification {
  /** Average precision, which needs no threshold: MTEB's main score. */
  readonly averagePrecision: number;
  /** The best accuracy of any threshold. */
  readonly accuracy: number;
  /** A pair is positive from this similarity on; Infinity where it is best to call none so. */
  readonly accuracyThreshold: number;
  /** The best F1 of any threshold, with its precision and recall. */
  readonly f1: number;
  readonly f1Threshold: number;
  readonly precision: number;
  readonly recall: number;
}

/**
 * Pair classification: which pairs are duplicates, paraphrases, translations, by a threshold of their similarity.
 *
 * `similarities` `[n]`, larger is nearer (one of `pairSimilarities(left, right)`: cosine, dot, negated distances); `labels` 1 for pairs that
 * belong together and 0 for others. A threshold lies midway between two similarities, of equally good ones the highest. It is chosen on the
 * set that it is measured on, so compare models by average precision. Throws RangeError for other labels, unequal lengths or no positive.
 * Source: sentence-transformers' `BinaryClassificationEvaluator`; MTEB's `AbsTaskPairClassification`, which takes the best of all
 * similarities and leaves out the thresholds that call all pairs or none positive.
 */
export function pairClassification(similarities: ArrayLike<number>, labels: ArrayLike<number>): PairClassification {
  const steps = thresholdSteps("pairClassification", similarities, labels);
  const [n, positives] = [labels.length, steps.at(-1)!.hits];
  let best = { accuracy: (n - positives) / n, accuracyThreshold: Infinity };
  let bestF1 = { f1: 0, precision: 0, recall: 0, f1Threshold: 0 };
  for (const step of steps) {
    const accuracy = (step.hits + (n - positives) - (step.count - step.hits)) / n;
    if (accuracy > best.accuracy) best = { accuracy, accuracyThreshold: threshold(step) };
    const [precision, recall] = [step.hits / step.count, step.hits / positives];
    const f1 = (2 * step.hits) / (step.count + positives);
    if (f1 > bestF1.f1) bestF1 = { f1, precision, recall, f1Threshold: threshold(step) };
  }
  return { averagePrecision: averagePrecision(similarities, labels), ...best, ...bestF1 };
}

function threshold({ score, next }: ThresholdStep): number {
  const middle = (score + next) / 2;
  return middle > next && middle !== -Infinity ? middle : score; // the last score has no next
}
