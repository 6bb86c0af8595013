import { initial, tf, type Tensor2D } from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";

/**
 * CLIP's projection into the space of both towers: `x · weight`, no bias, `[n, features] -> [n, d]`.
 *
 * First weights: N(0, 1 / features). Source: Radford et al. 2021, figure 3; openai/CLIP `model.py`, `text_projection`. Throws RangeError for rows of another width.
 */
export function projection(features: number, d: number): Encoder<Tensor2D> {
  return {
    name: "projection",
    features: d,
    init: (key) => ({
      weight: initial.normal(key.fold("weight"), [features, d], { deviation: features ** -0.5 }),
    }),
    apply(params, rows) {
      if (rows.shape[1] !== features)
        throw new RangeError(
          `projection: rows have ${features} features; got [${(rows.shape as number[]).join(", ")}]. Do the projection and the tower fit?`,
        );
      return tf.matMul(rows, params.weight as Tensor2D); // [n, d]
    },
  };
}
