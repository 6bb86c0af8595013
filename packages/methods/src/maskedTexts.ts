import type { Tokens } from "@nearfar/encoders";
import type { Tensor1D } from "@nearfar/tensor";

/** Texts with words masked, and what stood there. */
export interface MaskedTexts {
  /** The texts as the model sees them, `[MASK]` and random words among their ids. */
  readonly tokens: Tokens;
  /** The masked places among the packed tokens, int32 `[k]`. */
  readonly places: Tensor1D;
  /** The id that stood at each place, int32 `[k]`; below 0: it does not count. */
  readonly words: Tensor1D;
}
