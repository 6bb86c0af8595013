/** How clusters and classes agree, all from 0 to 1. */
export interface VMeasure {
  readonly vMeasure: number;
  /** 1 where each cluster holds one class alone. */
  readonly homogeneity: number;
  /** 1 where each class lies in one cluster. */
  readonly completeness: number;
}

/**
 * V-measure of a clustering: the harmonic mean of homogeneity and completeness; names of clusters do not matter.
 *
 * `homogeneity = I(labels; clusters) / H(labels)`, `completeness = I(labels; clusters) / H(clusters)`, each 1 where its divisor is 0.
 * Labels and clusters `[n]`. Throws RangeError for no examples or unequal lengths.
 * Source: Rosenberg and Hirschberg 2007; sklearn.metrics.v_measure_score.
 */
export function vMeasure(labels: ArrayLike<number>, clusters: ArrayLike<number>): VMeasure {
  const n = labels.length;
  if (n === 0 || n !== clusters.length)
    throw new RangeError(`vMeasure: there is one cluster per label, at least one; got ${clusters.length} for ${n}.`);
  const pairs = Array.from(labels, (label, i) => `${label} ${clusters[i]}`);
  const [ofLabels, ofClusters, joint] = [entropy(Array.from(labels)), entropy(Array.from(clusters)), entropy(pairs)];
  const information = Math.max(0, ofLabels + ofClusters - joint);
  const homogeneity = ofLabels === 0 ? 1 : Math.min(1, information / ofLabels);
  const completeness = ofClusters === 0 ? 1 : Math.min(1, information / ofClusters);
  const sum = homogeneity + completeness;
  return { vMeasure: sum === 0 ? 0 : (2 * homogeneity * completeness) / sum, homogeneity, completeness };
}

function entropy(values: readonly (string | number)[]): number {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts.size === 1
    ? 0
    : [...counts.values()].reduce((sum, count) => sum - (count / values.length) * Math.log(count / values.length), 0);
}
