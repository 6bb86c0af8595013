/** What a threshold at `score` calls positive: `count` examples, of which `hits` are. `next` is the next lower score, -Infinity at the end. */
export interface ThresholdStep {
  readonly score: number;
  readonly next: number;
  readonly hits: number;
  readonly count: number;
}

/**
 * Each distinct score as a threshold, largest first; no threshold parts equal scores.
 *
 * Throws RangeError for unequal lengths, labels other than 0 and 1, scores that are not finite, or no positive.
 */
export function thresholdSteps(name: string, scores: ArrayLike<number>, labels: ArrayLike<number>): ThresholdStep[] {
  if (scores.length !== labels.length)
    throw new RangeError(`${name}: there is one label per score; got ${labels.length} for ${scores.length} scores.`);
  const rows = Array.from(scores, (score, i) => ({ score, label: labels[i]! }));
  const bad = rows.findIndex(({ score, label }) => !Number.isFinite(score) || (label !== 0 && label !== 1));
  if (bad !== -1)
    throw new RangeError(
      `${name}: every score is finite and every label 0 or 1; got ${rows[bad]!.score} and ${rows[bad]!.label} in row ${bad}.`,
    );
  if (!rows.some(({ label }) => label === 1)) throw new RangeError(`${name}: at least one label is 1; got none.`);
  rows.sort((a, b) => b.score - a.score);
  const steps: ThresholdStep[] = [];
  let hits = 0;
  rows.forEach(({ score, label }, i) => {
    hits += label;
    const next = rows[i + 1]?.score ?? -Infinity;
    if (next !== score) steps.push({ score, next, hits, count: i + 1 });
  });
  return steps;
}
