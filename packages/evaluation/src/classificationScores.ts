/** What a classifier's predictions are worth, all from 0 to 1. */
export interface ClassificationScores {
  readonly accuracy: number;
  /** The mean over classes ("macro") of F1, precision and recall. */
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  /** The mean over classes, each weighing as its number of examples. */
  readonly f1Weighted: number;
  readonly precisionWeighted: number;
  readonly recallWeighted: number;
}

/**
 * Accuracy, and F1, precision and recall over classes, of predictions `[n]` for labels `[n]`.
 *
 * Of a class, with `hit` right predictions: `precision = hit / predicted`, `recall = hit / labelled`, `f1 = 2 hit / (predicted +
 * labelled)`, 0 where the divisor is. The classes are all that occur in labels or predictions.
 * Throws RangeError for no examples or unequal lengths.
 * Source: sklearn.metrics `accuracy_score`, `f1_score`, `precision_score`, `recall_score` with zero_division 0, as MTEB calls them.
 */
export function classificationScores(labels: ArrayLike<number>, predictions: ArrayLike<number>): ClassificationScores {
  const n = labels.length;
  if (n === 0 || n !== predictions.length)
    throw new RangeError(
      `classificationScores: there is one prediction per label, at least one; got ${predictions.length} for ${n}.`,
    );
  const [labelled, predicted, hit] = [count(labels), count(predictions), new Map<number, number>()];
  for (let i = 0; i < n; i++) if (labels[i] === predictions[i]) hit.set(labels[i]!, (hit.get(labels[i]!) ?? 0) + 1);
  const classes = [...new Set([...labelled.keys(), ...predicted.keys()])].map((label) => {
    const [all, said, right] = [labelled, predicted, hit].map((counts) => counts.get(label) ?? 0) as [number, number, number]; // prettier-ignore
    return {
      share: all / n,
      f1: (2 * right) / (all + said),
      precision: said === 0 ? 0 : right / said,
      recall: all === 0 ? 0 : right / all,
    };
  });
  const macro = (which: Measure) => classes.reduce((sum, one) => sum + one[which], 0) / classes.length;
  const weighted = (which: Measure) => classes.reduce((sum, one) => sum + one.share * one[which], 0);
  return {
    accuracy: [...hit.values()].reduce((sum, right) => sum + right, 0) / n,
    f1: macro("f1"),
    precision: macro("precision"),
    recall: macro("recall"),
    f1Weighted: weighted("f1"),
    precisionWeighted: weighted("precision"),
    recallWeighted: weighted("recall"),
  };
}

type Measure = "f1" | "precision" | "recall";

function count(list: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < list.length; i++) counts.set(list[i]!, (counts.get(list[i]!) ?? 0) + 1);
  return counts;
}
