import { tf, type Params, type Tensor1D, type Tensor2D } from "@nearfar/tensor";

/**
 * The weights of a `staticEmbedding` with those per token folded into its table, `e_t -> w_t e_t`: new params, which the caller owns, that
 * give the same vectors for whoever reads them and knows no weights per token.
 */
export function foldWeights(params: Params): Params {
  const { weight, running_token_weight: scale } = params.embedding as Params;
  if (!scale) return { embedding: { weight: tf.clone(weight as Tensor2D) } };
  return { embedding: { weight: tf.tidy(() => tf.mul(weight as Tensor2D, tf.expandDims(scale as Tensor1D, 1))) } };
}
