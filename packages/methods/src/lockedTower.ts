import type { Encoder } from "@nearfar/encoders";
import { stopGradient, type Tensor2D } from "@nearfar/tensor";

/**
 * A tower that does not learn: its batch is what it made of its pictures or texts once, `[n, features]`, and no gradient flows there.
 * Zhai et al. 2022 (LiT), section 3.
 *
 * It has no weights. Throws RangeError for features of another width.
 */
export function lockedTower(features: number): Encoder<Tensor2D> {
  return {
    name: "locked",
    features,
    init: () => ({}),
    apply(_, rows) {
      if (rows.rank !== 2 || rows.shape[1] !== features)
        throw new RangeError(
          `lockedTower: a locked tower's batch is its features, [n, ${features}]; got [${(rows.shape as number[]).join(", ")}].`,
        );
      return stopGradient(rows);
    },
  };
}
