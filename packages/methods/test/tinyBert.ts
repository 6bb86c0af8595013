import { transformer, type Encoder, type Transformer } from "@nearfar/encoders";
import { initial, tf, type Params, type Tensor1D, type Tensor2D } from "@nearfar/tensor";
import { WORDS } from "./noisyTexts.ts";

/** The transformer of golden/make_text.py (`CONFIG`), dropout off. */
export function tinyBert(pooling: "cls" | "mean"): Transformer {
  return transformer(
    {
      family: "bert",
      vocabularySize: WORDS,
      width: 16,
      layers: 2,
      heads: 2,
      inner: 32,
      positions: 12,
      types: 2,
      padId: 0,
      epsilon: 1e-12,
      hiddenDropout: 0,
      attentionDropout: 0,
      buckets: 0,
    },
    { pooling },
  );
}

/** SimCSE's MLPLayer: linear and tanh, as golden/make_text.py (`Head`). */
export const tanhHead: Encoder<Tensor2D> = {
  name: "tanh-head",
  features: 16,
  init: (key) => ({ dense: { weight: initial.normal(key.fold("dense"), [16, 16]), bias: initial.zeros([16]) } }),
  apply({ dense }, rows) {
    const { weight, bias } = dense as Params;
    return tf.tanh(tf.add<Tensor2D>(tf.matMul(rows, weight as Tensor2D), bias as Tensor1D));
  },
};
