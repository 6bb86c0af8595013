export { alignmentUniformity } from "./alignmentUniformity.ts";
export { averagePrecision } from "./averagePrecision.ts";
export { bagOfWordsSimilarity, type BagOfWordsSimilarity } from "./bagOfWordsSimilarity.ts";
export { bitext, type Bitext } from "./bitext.ts";
export { classification, type Classification, type ClassificationOptions } from "./classification.ts";
export { classificationScores, type ClassificationScores } from "./classificationScores.ts";
export { clustering, type Clustering, type ClusteringOptions } from "./clustering.ts";
export { collapse, type Collapse } from "./collapse.ts";
export { collapseMonitor, type CollapseMonitorOptions, type CollapseReading } from "./collapseMonitor.ts";
export type { Correlations } from "./correlations.ts";
export { crossModalChance, type CrossModalChanceOptions } from "./crossModalChance.ts";
export {
  crossModalRetrieval,
  type CrossModalRanking,
  type CrossModalRetrieval,
  type CrossModalRetrievalOptions,
} from "./crossModalRetrieval.ts";
export { drawModalityGap, type DrawModalityGapOptions } from "./drawModalityGap.ts";
export { eigenvalues } from "./eigenvalues.ts";
export { humanJudgements } from "./humanJudgements.ts";
export { imagenetProbe } from "./imagenetProbe.ts";
export { kendallTau, type KendallTauOptions } from "./kendallTau.ts";
export { kMeans, type KMeansOptions } from "./kMeans.ts";
export { knn, type KnnOptions } from "./knn.ts";
export type { Labelled } from "./labelled.ts";
export { linearProbe, type LinearProbeOptions } from "./linearProbe.ts";
export { lloyd, type Clusters } from "./lloyd.ts";
export { logisticProbe } from "./logisticProbe.ts";
export { logisticRegression, type LogisticRegression, type LogisticRegressionOptions } from "./logisticRegression.ts";
export { modalityGap, type ModalityGap } from "./modalityGap.ts";
export { observer, type ObserverOptions, type SeenStep } from "./observer.ts";
export { pairClassification, type PairClassification } from "./pairClassification.ts";
export { pairSimilarities, type Similarity } from "./pairSimilarities.ts";
export { pearson } from "./pearson.ts";
export { retrieval } from "./retrieval.ts";
export { retrievalMetrics, type RetrievalMetricsOptions } from "./retrievalMetrics.ts";
export { spearman } from "./spearman.ts";
export { sts } from "./sts.ts";
export { stsAlignmentUniformity } from "./stsAlignmentUniformity.ts";
export { stsAll, type StsAll, type StsSubset } from "./stsAll.ts";
export { takeRows } from "./takeRows.ts";
export { vMeasure, type VMeasure } from "./vMeasure.ts";
export { zeroShot } from "./zeroShot.ts";
export { zeroShotClassifier, type TextEncoding, type ZeroShotClassifierOptions } from "./zeroShotClassifier.ts";
export { zeroShotTemplates } from "./zeroShotTemplates.ts";
