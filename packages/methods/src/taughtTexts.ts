import type { Tokens } from "@nearfar/encoders";
import type { Tensor2D } from "@nearfar/tensor";

/** n texts and a teacher's vector of each. */
export interface TaughtTexts {
  readonly tokens: Tokens;
  /** `[n, e]`, row i of text i. */
  readonly teacher: Tensor2D;
}
