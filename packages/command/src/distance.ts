/**
 * The least number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
 *
 * Damerau 1964, Levenshtein 1966; the restricted form (optimal string alignment), in which no part is edited twice.
 */
export function distance(a: string, b: string): number {
  let before: number[] = []; // row i - 2
  let last = Array.from({ length: b.length + 1 }, (_, j) => j); // row i - 1
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
