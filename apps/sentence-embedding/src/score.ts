/** What a model scores in a task. */
export interface Score {
  /** The number that papers report, in points: 0 to 100, higher is better. */
  readonly main: number;
  /** All measures by name, as their functions give them (most from 0 to 1): `"sts.cosine.spearman"`. */
  readonly metrics: Readonly<Record<string, number>>;
}
