import type { Tokens } from "@nearfar/encoders";
import type { Tensor1D, Tensor2D, Tensor4D } from "@nearfar/tensor";

/**
 * n pictures and m texts, m a whole multiple of n: text j belongs to picture j mod n, so that a picture may bring several captions.
 *
 * `Image` is what the image tower takes: pixels `[n, h, w, 3]`, or, where the tower is locked, its features `[n, h]`, made once. `Text` likewise.
 */
export interface PairBatch<Image extends object = Tensor4D, Text extends object = Tokens> {
  readonly images: Image;
  readonly texts: Text;
  /** Pictures of one concept, int32 `[n]`: each other's texts are theirs too, no negatives. Without it each picture is its own. */
  readonly groups?: Tensor1D;
  /** Two views of each picture for the image-only loss of `slip`, all first ones, then all second ones, `[2n, h, w, 3]`. */
  readonly views?: Tensor4D;
  /** A teacher's vectors of the same pictures and texts, `[n, e]` and `[m, e]`. */
  readonly teacher?: { readonly images: Tensor2D; readonly texts: Tensor2D };
}
