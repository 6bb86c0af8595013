import type { Key } from "@nearfar/random";
import { relu, tf, type Mode, type Params, type Tensor4D } from "@nearfar/tensor";
import { convNorm } from "./convNorm.ts";
import { initConv } from "./initConv.ts";

/** A square filter, `[kernel, kernel, from, to]`, and its stride. */
export interface Conv {
  readonly kernel: number;
  readonly from: number;
  readonly to: number;
  readonly stride: number;
}

/** A part of a residual net: `[n, h, w, from] -> [n, ⌈h / stride⌉, ⌈w / stride⌉, channels]`. */
export interface Block {
  readonly channels: number;
  init(key: Key): Params;
  apply(params: Params, x: Tensor4D, mode: Mode): Tensor4D;
}

/**
 * `relu(f(x) + x)`: f is convolutions, each with batch-norm and ReLU (the last without ReLU); where the shape changes, x is convolved too.
 *
 * Names as torchvision's: `conv1.weight`, `bn1.weight`, ..., `downsample.0.weight`, `downsample.1.weight`. He et al. 2016, eq. 1 and 2.
 */
export function residualBlock(convs: readonly Conv[], downsample: Conv | undefined): Block {
  const last = convs.length;
  return {
    channels: convs.at(-1)!.to,
    init: (key) => ({
      ...Object.assign({}, ...convs.map((conv, i) => initConv(key, [`conv${i + 1}`, `bn${i + 1}`], conv))),
      ...(downsample && { downsample: initConv(key.fold("downsample"), ["0", "1"], downsample) }),
    }),
    apply: (params, x, mode) =>
      tf.tidy(() => {
        const f = convs.reduce((h, conv, i) => {
          const y = convNorm([params[`conv${i + 1}`], params[`bn${i + 1}`]], h, mode, conv);
          return i + 1 === last ? y : relu(y);
        }, x);
        const short = params.downsample as Params | undefined;
        return relu(tf.add(f, downsample ? convNorm([short?.[0], short?.[1]], x, mode, downsample) : x));
      }),
  };
}
