import type { Tensor1D, Tensor2D } from "@nearfar/tensor";

/**
 * n texts as token ids, packed: the tokens of all texts one after another, without padding, so that linear maps, norms and means cost
 * nothing for it. Only attention needs the grid `[n, t]`, t the longest text's tokens: token i lies in its cell `rows[i] * t + positions[i]`.
 */
export interface Tokens {
  /** Vocabulary ids, int32 `[total]`. */
  readonly ids: Tensor1D;
  /** The text of each token, from 0, ascending, int32 `[total]`. */
  readonly rows: Tensor1D;
  /** The place of each token in its text, from 0, int32 `[total]`. */
  readonly positions: Tensor1D;
  /** 1 where the grid has a token, 0 where it is padding, float32 `[n, t]`. */
  readonly mask: Tensor2D;
}
