import type { Key } from "@nearfar/random";
import {
  batchNorm,
  initial,
  relu,
  tf,
  type BatchNormParams,
  type Mode,
  type Params,
  type Tensor1D,
  type Tensor2D,
} from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";
import { initialNorm } from "./initialNorm.ts";

/** What follows the linear maps of an `mlp`. */
export interface MlpOptions {
  /** Batch-norm before each ReLU. */
  readonly hiddenNorm?: boolean;
  /** Batch-norm on the output: none, with learned scale and shift, or `"plain"` without them (SimSiam's). */
  readonly outputNorm?: boolean | "plain";
}

/**
 * A multilayer perceptron, the form of all projectors and predictors: `[n, sizes[0]] -> [n, sizes.at(-1)]`.
 *
 * Linear, batch-norm and ReLU for each hidden size, then linear; a linear map followed by batch-norm has no bias. Names number what
 * PyTorch's `Sequential` numbers, ReLU included: `layers.0.weight` `[in, out]`, `layers.1.running_mean`, `layers.3.weight`, ... First weights
 * are PyTorch's defaults, U(±1/√fanIn). Source: lightly 1.6 `models/modules/heads.py` (`ProjectionHead`). Throws RangeError for fewer than two sizes.
 */
export function mlp(
  sizes: readonly number[],
  { hiddenNorm = true, outputNorm = false }: MlpOptions = {},
): Encoder<Tensor2D> {
  if (sizes.length < 2)
    throw new RangeError(`mlp: sizes are those of the input, any hidden and the output; got [${sizes.join(", ")}].`);
  const blocks = blocksOf(sizes, hiddenNorm, outputNorm);
  const features = sizes.at(-1)!;
  return {
    name: "mlp",
    features,
    init: (key) => ({ layers: Object.assign({}, ...blocks.map((block) => initBlock(key, block))) as Params }),
    apply(params, input, mode) {
      if (input.shape[1] !== sizes[0])
        throw new RangeError(
          `mlp: rows have ${sizes[0]} features; got [${(input.shape as number[]).join(", ")}]. Do the head and the encoder fit?`,
        );
      return tf.tidy(() =>
        blocks.reduce<Tensor2D>((x, block) => applyBlock(params.layers as Params, x, mode, block), input),
      );
    },
  };
}

interface Block {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly norm: boolean | "plain";
  readonly last: boolean;
}

function blocksOf(sizes: readonly number[], hiddenNorm: boolean, outputNorm: boolean | "plain"): Block[] {
  const width = hiddenNorm ? 3 : 2; // linear, batch-norm, ReLU
  return sizes.slice(1).map((to, i) => {
    const last = i === sizes.length - 2;
    return { at: i * width, from: sizes[i]!, to, norm: last ? outputNorm : hiddenNorm, last };
  });
}

function initBlock(key: Key, { at, from, to, norm }: Block): Params {
  const linear = key.fold("layers").fold(at);
  const weight = initial.fanInUniform(linear.fold("weight"), [from, to]);
  if (norm) return { [at]: { weight }, [at + 1]: initialNorm(to, { affine: norm !== "plain" }) };
  return { [at]: { weight, bias: initial.fanInUniform(linear.fold("bias"), [to], { fanIn: from }) } };
}

function applyBlock(layers: Params, x: Tensor2D, mode: Mode, { at, norm, last }: Block): Tensor2D {
  const { weight, bias } = layers[at] as { weight: Tensor2D; bias?: Tensor1D };
  const product: Tensor2D = tf.matMul(x, weight); // [n, to]
  const sum: Tensor2D = bias ? tf.add(product, bias) : product;
  const normed = norm ? batchNorm(layers[at + 1] as unknown as BatchNormParams, sum, mode) : sum;
  return last ? normed : relu(normed);
}
