import { permutation, type Key } from "@nearfar/random";
import { checkVectors } from "@nearfar/search";
import { kMeans } from "./kMeans.ts";
import type { Labelled } from "./labelled.ts";
import { takeRows } from "./takeRows.ts";
import { vMeasure } from "./vMeasure.ts";

/** How often, and from how many rows. */
export interface ClusteringOptions {
  /** How many clusterings, each from a key of its own. */
  experiments?: number;
  /** Of a larger set each experiment takes so many rows, drawn without replacement. */
  samples?: number;
  /** The starts of each k-means. */
  restarts?: number;
}

/** The v-measure, 0 to 1: its mean over experiments, their standard deviation (of the population), and each. */
export interface Clustering {
  readonly vMeasure: number;
  readonly deviation: number;
  readonly experiments: readonly number[];
}

/**
 * Clustering as MTEB scores it: k-means with as many clusters as there are labels, and the v-measure of what it finds.
 *
 * Set `[n, d]` with `labels`, features as they are. MTEB's legacy tasks cluster each set once; its newer ones ten samples of 16,384 rows
 * drawn with replacement. Both use MiniBatchKMeans; here k-means takes all rows in every round and finds more (on the test's set 0.32 against
 * 0.26 in scikit-learn), so a number is to be compared with others made here.
 * Throws UserError for more labels than rows sampled, RangeError for malformed sets or options.
 * Source: MTEB's `AbsTaskClustering` and `AbsTaskClusteringLegacy`.
 */
export function clustering(key: Key, set: Labelled, options: ClusteringOptions = {}): Clustering {
  const { experiments = 10, samples = 16_384, restarts = 1 } = options;
  checkVectors("clustering", set);
  if (set.labels.length !== set.rows)
    throw new RangeError(`clustering: there is one label per row; got ${set.labels.length} for ${set.rows} rows.`);
  for (const [name, value] of Object.entries({ experiments, samples }))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`clustering: ${name} is a whole number from 1; got ${value}.`);
  const each = Array.from({ length: experiments }, (_, experiment) => {
    const own = key.fold(experiment);
    const rows = permutation(own.fold("rows"), set.rows).subarray(0, samples);
    const labels = Int32Array.from(rows, (row) => set.labels[row]!);
    const clusters = new Set(labels).size;
    return vMeasure(labels, kMeans(own.fold("kMeans"), takeRows(set, rows), { clusters, restarts }).assignments)
      .vMeasure;
  });
  const mean = each.reduce((sum, value) => sum + value) / experiments;
  const variance = each.reduce((sum, value) => sum + (value - mean) ** 2, 0) / experiments;
  return { vMeasure: mean, deviation: Math.sqrt(variance), experiments: each };
}
