import { readFileSync } from "node:fs";
import type {
  Bitext,
  ClassificationScores,
  Correlations,
  PairClassification,
  Similarity,
  VMeasure,
} from "@nearfar/evaluation";

type Rows = number[][];

/** The values that golden/makeTasks.py made with SciPy, scikit-learn, sentence-transformers, pytrec_eval and MTEB. */
export const tasks = JSON.parse(readFileSync(new URL("golden/tasks.json", import.meta.url), "utf8")) as {
  correlations: { a: number[]; b: number[]; ranks: number[]; spearman: number; pearson: number }[];
  sts: {
    subsets: { left: Rows; right: Rows; scores: number[]; expected: Record<Similarity, Correlations> }[];
    all: number;
    mean: number;
    weightedMean: number;
  };
  alignmentUniformity: { alignment: number; uniformity: number };
  retrieval: {
    ranked: string[][];
    qrels: Record<string, number>[];
    ks: number[];
    expected: Record<string, number>;
  };
  pairs: {
    scores: number[];
    labels: number[];
    expected: Omit<PairClassification, "accuracyThreshold"> & { accuracyThreshold: number | null };
  }[];
  classificationScores: { labels: number[]; predictions: number[]; expected: ClassificationScores }[];
  logistic: {
    classes: number;
    inverseStrength: number;
    weight: Rows;
    bias: number[];
    predictions: number[];
    expected: ClassificationScores;
  }[];
  classification: number[];
  kMeans: {
    cases: { clusters: number; assignments: number[]; centroids: Rows; inertia: number; best: number }[];
    miniBatch: number[];
    full: number[];
  };
  vMeasures: { labels: number[]; clusters: number[]; expected: VMeasure }[];
  bitext: { left: Rows; right: Rows; expected: Bitext };
  bagOfWords: {
    texts: string[];
    pairs: [string, string][];
    cosine: number[];
    weighted: number[];
    jaccard: number[];
  };
};
