import type { Similarity } from "./pairSimilarities.ts";

/** A value for each of the four similarities. */
export function bySimilarity<Value>(of: (similarity: Similarity) => Value): Record<Similarity, Value> {
  return { cosine: of("cosine"), dot: of("dot"), euclidean: of("euclidean"), manhattan: of("manhattan") };
}
