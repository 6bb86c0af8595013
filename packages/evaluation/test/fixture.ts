import { readFileSync } from "node:fs";

type Rows = number[][];

/** Sets with labels. */
export interface Sets {
  train: Rows;
  trainLabels: number[];
  test: Rows;
  testLabels: number[];
}

/** The values that golden/make.py made with lightly, PyTorch and NumPy. */
export const fixture = JSON.parse(readFileSync(new URL("golden/evaluation.json", import.meta.url), "utf8")) as {
  knn: Sets & { cases: { k: number; temperature: number; accuracy: number }[] };
  probe: Sets & { standardized: number[]; imagenet: number[] };
  collapse: { z: Rows; deviation: number; effectiveRank: number }[];
  eigenvalues: { matrix: Rows; values: number[] }[];
};
