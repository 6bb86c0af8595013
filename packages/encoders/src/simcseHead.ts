import { initial, linear, tf, type LinearParams, type Tensor2D } from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";

/**
 * SimCSE's head, in training only: `tanh(x · weight + bias)`, `[n, h] -> [n, h]`.
 *
 * Gao et al. 2021, section 6.3; names (`dense.weight`) and place are those of BERT's pooler. First weights: N(0, 0.02²), bias 0. Source: SimCSE `models.py` `MLPLayer`.
 */
export function simcseHead(features: number): Encoder<Tensor2D> {
  return {
    name: "simcse-head",
    features,
    init: (key) => ({
      dense: {
        weight: initial.normal(key.fold("dense").fold("weight"), [features, features]),
        bias: initial.zeros([features]),
      },
    }),
    apply: (params, rows) => tf.tidy(() => tf.tanh(linear(params.dense as unknown as LinearParams, rows))),
  };
}
