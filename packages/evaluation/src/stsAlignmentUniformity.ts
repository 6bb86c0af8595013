import { UserError, type Vectors } from "@nearfar/formats";
import { checkVectors } from "@nearfar/search";
import { alignmentOf } from "./alignmentOf.ts";
import { takeRows } from "./takeRows.ts";
import { uniformityOf } from "./uniformityOf.ts";

/**
 * Alignment and uniformity on pairs with scores, as SimCSE's paper plots them on STS-B (scores 0 to 5); lower is better for both.
 *
 * Alignment is of the pairs whose score is higher than `above`, uniformity of all sentences, the `2n` rows of both sides, a sentence as
 * often as it stands there. Both sides `[n, d]`. Throws UserError where no pair scores that high, RangeError for malformed vectors, other
 * shapes, or more than 8,192 pairs.
 * Source: Gao, Yao and Chen 2021, footnote 3: "STS-B pairs with a score higher than 4 as p_pos and all STS-B sentences as p_data".
 */
export function stsAlignmentUniformity(
  left: Vectors,
  right: Vectors,
  scores: ArrayLike<number>,
  { above = 4 } = {},
): { alignment: number; uniformity: number } {
  checkVectors("stsAlignmentUniformity: left", left);
  checkVectors("stsAlignmentUniformity: right", right);
  if (left.rows !== right.rows || left.dimensions !== right.dimensions || left.rows !== scores.length)
    throw new RangeError(
      `stsAlignmentUniformity: both sides have one row and one score per pair; got [${left.rows}, ${left.dimensions}], [${right.rows}, ${right.dimensions}] and ${scores.length} scores.`,
    );
  const positives = Array.from(scores, (_, row) => row).filter((row) => scores[row]! > above);
  if (positives.length === 0)
    throw new UserError(
      `stsAlignmentUniformity: at least one pair scores higher than ${above}; got none. Are the scores of another scale?`,
    );
  const data = new Float32Array(2 * left.data.length); // [2n, d]
  data.set(left.data);
  data.set(right.data, left.data.length);
  return {
    alignment: alignmentOf(takeRows(left, positives), takeRows(right, positives)),
    uniformity: uniformityOf("stsAlignmentUniformity", { ...left, rows: 2 * left.rows, data }),
  };
}
