import type { Tokens } from "@nearfar/encoders";
import type { Tensor1D } from "@nearfar/tensor";

/** n pairs of texts, each with a score: all first texts, then all second ones. */
export interface GradedPairs {
  /** 2n texts. */
  readonly tokens: Tokens;
  /** How similar each pair is, float32 `[n]`. */
  readonly scores: Tensor1D;
}
