/** A row that may be among the nearest. */
export interface Candidate {
  readonly row: number;
  readonly score: number;
}

/** The k with the largest scores, the largest first; of equal ones, those of the first rows. */
export function bestOf(candidates: readonly Candidate[], k: number): Candidate[] {
  return candidates.toSorted((a, b) => b.score - a.score || a.row - b.row).slice(0, k);
}
