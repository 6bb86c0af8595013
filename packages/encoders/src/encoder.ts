import type { Key } from "@nearfar/random";
import type { Mode, Params, Tensor2D, Tensor4D } from "@nearfar/tensor";

/** A network as two pure functions: first weights from a key, and a pass over given weights. Heads are `Encoder<Tensor2D>`, encoders of texts `Encoder<Tokens>`. */
export interface Encoder<Input = Tensor4D> {
  /** As a flag would say it: `resnet18`. */
  readonly name: string;
  /** d, the width of the rows that `apply` returns. */
  readonly features: number;
  /** The same weights for the same key; the caller owns them. Filters are `[k, k, in, out]`, matrices `[in, out]`. */
  init(key: Key): Params;
  /** `[n, ...] -> [n, d]`; the caller owns the rows. Training records running statistics in `mode.statistics`. */
  apply(params: Params, input: Input, mode: Mode): Tensor2D;
}
