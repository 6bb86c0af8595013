import { integer, permutation, type Key } from "@nearfar/random";
import { checkRatio } from "./checkRatio.ts";
import { corruptTokens } from "./corruptTokens.ts";

export interface CutOffOptions {
  /** What stands for a token that is cut off: the id of the padding or the mask token. */
  fill: number;
  ratio?: number;
  /** Cuts off neighbours, a span, in place of tokens here and there. */
  span?: boolean;
}

/**
 * Token cut-off: floor(`ratio` n) random tokens lose what they say, and positions stay. At least one token stays.
 *
 * The sources zero the embeddings of these tokens; an id of a token that says nothing is as near to that as ids allow.
 * Sources: Shen et al. 2020, "A simple but tough-to-beat data augmentation approach", section 3 (token and span cutoff); Yan et al.
 * 2021 (ConSERT), section 3.3, whose ratio is .15.
 */
export function cutOff(key: Key, ids: Int32Array, { fill, ratio = 0.15, span = false }: CutOffOptions): Int32Array {
  checkRatio("cutOff", ratio);
  const n = ids.length;
  const count = Math.max(0, Math.min(n - 1, Math.floor(ratio * n)));
  const positions = span
    ? Array.from(
        { length: count },
        (
          (start) => (_, i) =>
            start + i
        )(integer(key, n - count + 1)),
      )
    : permutation(key, n).subarray(0, count);
  return corruptTokens(ids, positions, new Int32Array(count).fill(fill)).ids;
}
