import type { Vectors } from "@nearfar/formats";
import { nearest } from "@nearfar/search";
import { classificationScores } from "./classificationScores.ts";

/** How well translations find each other, all from 0 to 1. */
export interface Bitext {
  /** F1, precision and recall of the right rows as classes of one example each, weighted by MTEB: precision is below recall where one row attracts many. */
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  readonly accuracy: number;
  /** The share of rows whose nearest on the other side is their own: left to right (the accuracy) and right to left. */
  readonly recallAt1: { readonly forward: number; readonly backward: number };
}

/**
 * Bitext mining: row i of the left (a sentence) should have row i of the right (its translation) as its nearest by cosine.
 *
 * Both sides `[n, d]`; of equal cosines the first row. F1 is MTEB's main score. Throws RangeError for malformed vectors or other shapes.
 * Source: MTEB's `AbsTaskBitextMining`.
 */
export function bitext(left: Vectors, right: Vectors): Bitext {
  if (left.rows !== right.rows)
    throw new RangeError(
      `bitext: row i of both sides is one pair; got ${left.rows} and ${right.rows} rows. Was a line dropped on one side?`,
    );
  const own = Int32Array.from({ length: left.rows }, (_, i) => i);
  const forward = classificationScores(own, nearest(left, right, 1).indices);
  const backward = classificationScores(own, nearest(right, left, 1).indices);
  return {
    f1: forward.f1Weighted,
    precision: forward.precisionWeighted,
    recall: forward.recallWeighted,
    accuracy: forward.accuracy,
    recallAt1: { forward: forward.accuracy, backward: backward.accuracy },
  };
}
