import { UserError, type Vectors } from "@nearfar/formats";
import type { Key } from "@nearfar/random";
import { checkVectors } from "@nearfar/search";
import { kMeansPlusPlus } from "./kMeansPlusPlus.ts";
import { lloyd, type Clusters } from "./lloyd.ts";

/** How many clusters, and how hard to look for them. */
export interface KMeansOptions {
  clusters: number;
  /** From how many starts; the result of the smallest inertia is kept. */
  restarts?: number;
  /** At most so many rounds per start. */
  iterations?: number;
}

/**
 * k-means: `clusters` groups of rows around their means, of a small sum of squared distances to them.
 *
 * Starts from rows that k-means++ draws, then `lloyd`. Vectors `[n, d]`, Euclidean: normalise the rows to cluster by cosine. All rows in
 * every round: a mini-batch variant saves time at the cost of the result, and `n c d` products per round are little for the engine.
 * Throws UserError for more clusters than rows, RangeError for malformed vectors or options.
 * Source: Lloyd 1982; Arthur and Vassilvitskii 2007; sklearn.cluster.KMeans, whose default is one start too.
 */
export function kMeans(
  key: Key,
  vectors: Vectors,
  { clusters, restarts = 1, iterations = 300 }: KMeansOptions,
): Clusters {
  checkVectors("kMeans", vectors);
  for (const [name, value] of Object.entries({ clusters, restarts, iterations }))
    if (!Number.isInteger(value) || value < 1)
      throw new UserError(`kMeans: ${name} is a whole number from 1; got ${value}.`);
  if (clusters > vectors.rows)
    throw new UserError(
      `kMeans: clusters are at most the examples; got ${clusters} clusters and ${vectors.rows} examples. Ask for fewer clusters.`,
    );
  const start = (restart: number) =>
    lloyd(vectors, kMeansPlusPlus(key.fold(restart), vectors, clusters), { iterations });
  let best = start(0);
  for (let restart = 1; restart < restarts; restart++) {
    const found = start(restart);
    if (found.inertia < best.inertia) best = found;
  }
  return best;
}
