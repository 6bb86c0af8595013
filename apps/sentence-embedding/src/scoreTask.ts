import type { SentenceEncoder } from "@nearfar/encoders";
import {
  bitext,
  classification,
  clustering,
  knn,
  logisticProbe,
  pairClassification,
  pairSimilarities,
  type Labelled,
} from "@nearfar/evaluation";
import type { Vectors } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { nearest } from "@nearfar/search";
import { flatMetrics } from "./flatMetrics.ts";
import type { Score } from "./score.ts";
import { scoreRankings } from "./scoreRankings.ts";
import { scoreSts } from "./scoreSts.ts";
import type { LabelledTexts, TaskData } from "./taskData.ts";

export interface ScoreTaskOptions {
  /** Of the few examples that MTEB's classification draws, and of k-means. */
  readonly seed?: number;
}

type Of<Type extends TaskData["type"]> = Extract<TaskData, { type: Type }>;

/**
 * What a model scores in a task whose files are read; the functions of `@nearfar/evaluation` say how each measure is defined.
 *
 * The main score is, of `sts` the Spearman correlation of the cosine (with subsets that of all pairs together), `retrieval` nDCG@10 by exact
 * search, `classification` the accuracy of a logistic regression on all training rows (beside it k-NN, with k 10 or all rows where they are
 * fewer, and MTEB's ten times eight examples), `clustering` the v-measure, `pairs` the average precision of the cosine, `bitext` F1.
 */
export async function scoreTask(
  model: SentenceEncoder,
  data: TaskData,
  { seed = 0 }: ScoreTaskOptions = {},
): Promise<Score> {
  switch (data.type) {
    case "sts":
      return scoreSts(...(await encodeSides(model, data)), data);
    case "pairs":
      return scorePairs(await encodeSides(model, data), data);
    case "bitext": {
      const found = bitext(...(await encodeSides(model, data)));
      return { main: 100 * found.f1, metrics: flatMetrics("bitext", found) };
    }
    case "retrieval":
      return scoreRetrieval(model, data);
    case "classification":
      return scoreClassification(await encodeLabelled(model, data.train), await encodeLabelled(model, data.test), seed);
    case "clustering": {
      const { vMeasure, deviation } = clustering(key(seed).fold("clustering"), await encodeLabelled(model, data.set));
      return { main: 100 * vMeasure, metrics: flatMetrics("clustering", { vMeasure, deviation }) };
    }
  }
}

type Sides = readonly [left: Vectors, right: Vectors];

/** Both sides in one pass: the more texts are sorted by length together, the less is wasted. */
async function encodeSides(
  model: SentenceEncoder,
  { left, right }: { left: readonly string[]; right: readonly string[] },
): Promise<Sides> {
  const { data, dimensions } = await model.encode([...left, ...right]); // [2n, d]
  const half = left.length * dimensions;
  return [
    { rows: left.length, dimensions, data: data.subarray(0, half) },
    { rows: right.length, dimensions, data: data.subarray(half) },
  ];
}

async function encodeLabelled(model: SentenceEncoder, { texts, labels }: LabelledTexts): Promise<Labelled> {
  return { ...(await model.encode(texts)), labels };
}

function scorePairs([left, right]: Sides, { labels }: Of<"pairs">): Score {
  const similarities = Object.entries(pairSimilarities(left, right));
  const found = similarities.map(([name, values]) => [name, pairClassification(values, labels)] as const);
  const best = Math.max(...found.map(([, { averagePrecision }]) => averagePrecision));
  const { cosine, ...others } = Object.fromEntries(found);
  return {
    main: 100 * cosine!.averagePrecision,
    metrics: flatMetrics("pairs", { cosine, ...others, best: { averagePrecision: best } }),
  };
}

async function scoreRetrieval(model: SentenceEncoder, data: Of<"retrieval">): Promise<Score> {
  const gallery = await model.encode(data.documents); // [m, d]
  const queries = await model.encode(data.queries); // [n, d]
  return scoreRankings(data, (depth) => {
    const { k, indices } = nearest(queries, gallery, depth);
    return data.queries.map((_, query) => [...indices.subarray(query * k, (query + 1) * k)]);
  });
}

function scoreClassification(train: Labelled, test: Labelled, seed: number): Score {
  const probe = logisticProbe(train, test);
  const k = Math.min(NEIGHBOURS, train.rows);
  const { accuracy, f1 } = classification(key(seed).fold("classification"), train, test);
  return {
    main: 100 * probe.accuracy,
    metrics: flatMetrics("classification", {
      accuracy: probe.accuracy,
      f1: probe.f1,
      [`knn@${k}`]: knn(train, test, { k }),
      mteb: { accuracy, f1 },
    }),
  };
}

/** Neighbours that vote: intents and topics have tens of examples, not the hundreds of a class of pictures. */
const NEIGHBOURS = 10;
