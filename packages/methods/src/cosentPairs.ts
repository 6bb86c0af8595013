import { angle, cosent, stsRegression } from "@nearfar/losses";
import { type Tensor1D, type Tensor2D, tf } from "@nearfar/tensor";
import type { GradedPairs } from "./gradedPairs.ts";
import type { Method } from "./method.ts";
import { textTower, type TextTowerOptions } from "./textTower.ts";

export interface CosentPairsOptions extends TextTowerOptions {
  /** `cosent` and `angle` want the order of the scores, `regression` the scores themselves, as cosines. */
  readonly loss?: "cosent" | "angle" | "regression";
  /** Of `cosent` and `angle`. */
  readonly temperature?: number;
}

/** Both sides of the pairs, `[n, d]`, and their scores, `[n]`. */
export type GradedEmbeddings = Readonly<{ left: Tensor2D; right: Tensor2D; scores: Tensor1D }>;

/**
 * Graded pairs: the more similar of two pairs by their scores is the more similar by its embeddings. CoSENT, Su 2022; AnglE, Li and Li 2023;
 * regression of the cosine, Reimers and Gurevych 2019.
 *
 * A batch is 2n texts and n scores. Temperature 0.05 is sentence-transformers' (`CoSENTLoss`, scale 20).
 */
export function cosentPairs({
  loss = "cosent",
  temperature = 0.05,
  ...parts
}: CosentPairsOptions): Method<GradedPairs, GradedEmbeddings> {
  const tower = textTower(parts);
  return {
    name: loss === "cosent" ? "cosent-pairs" : `cosent-pairs-${loss}`,
    init: (key) => ({ params: tower.init(key), state: {} }),
    embed(params, _, { tokens, scores }, mode) {
      const { 0: left, 1: right } = tower.embedColumns(params, { tokens, columns: 2 }, mode);
      return { left: left!, right: right!, scores };
    },
    objective(_, state, { left, right, scores }) {
      if (loss === "regression") return { loss: stsRegression(left, right, scores), state, log: {} };
      const ranked = loss === "angle" ? angle : cosent;
      return { loss: ranked(left, right, scores, { temperature }), state, log: {} };
    },
    watched: ({ left, right }) => tf.concat([left, right], 0), // [2n, d]
    chance: () => undefined, // it depends on the scores
  };
}
