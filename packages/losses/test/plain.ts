/** What the transcriptions of the papers' formulas are made of: float64 numbers in lists, loops for sums, nothing of the engine. */
export const plain = {
  dot: (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0),
  /** Rows of length 1. */
  unit: (rows: Rows): Rows => rows.map((row) => row.map((x) => x / Math.sqrt(plain.dot(row, row)))),
  mean: (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length,
  /** -log( exp(right) / Σ exp(all) ), `right` being one of `all`. */
  crossEntropy(right: number, all: readonly number[]): number {
    const largest = Math.max(...all);
    return largest + Math.log(all.reduce((sum, x) => sum + Math.exp(x - largest), 0)) - right;
  },
};

export type Rows = readonly (readonly number[])[];
