import { relu, tf, type Params, type Tensor4D } from "@nearfar/tensor";
import { checkImages } from "./checkImages.ts";
import { convNorm } from "./convNorm.ts";
import type { Encoder } from "./encoder.ts";
import { globalAveragePool } from "./globalAveragePool.ts";
import { initConv } from "./initConv.ts";
import { residualBlock, type Block, type Conv } from "./residualBlock.ts";

export interface ResNetOptions {
  readonly depth?: 18 | 34 | 50;
  /** The first layer. `small`, for pictures up to about 64 pixels: 3x3, stride 1. `large`: 7x7, stride 2, then a max-pool of stride 2. */
  readonly stem?: "small" | "large";
}

/**
 * A residual net: `[n, h, w, 3] -> [n, 512]`, 2048 for depth 50.
 *
 * He et al. 2016, table 1, the stride in the bottleneck's 3x3 convolution ("v1.5"). Architecture, names (`conv1.weight`,
 * `layer1.0.downsample.0.weight`, ...) and first weights (N(0, 2 / fanOut)) are torchvision's without `fc`; but filters are `[k, k, in, out]`
 * where PyTorch's are `[out, in, k, k]`. The small stem: Chen et al. 2020, B.9. Throws RangeError for images without 3 channels.
 */
export function resNet({ depth = 18, stem = "small" }: ResNetOptions = {}): Encoder {
  if (!Object.hasOwn(STAGES, depth)) throw new RangeError(`resNet: the depth is 18, 34 or 50; got ${depth}.`);
  const name = `resnet${depth}`;
  const first = stem === "small" ? conv(3, 3, 64) : conv(7, 3, 64, 2);
  const stages = stagesOf(depth);
  return {
    name,
    features: stages.at(-1)!.at(-1)!.channels,
    init: (key) => ({
      ...initConv(key, ["conv1", "bn1"], first),
      ...named(
        stages,
        (i) => `layer${i + 1}`,
        (blocks, layer) => named(blocks, String, (block, at) => block.init(key.fold(layer).fold(at))),
      ),
    }),
    apply: (params, images, mode) =>
      tf.tidy(() => {
        checkImages(name, images);
        const start = relu(convNorm([params.conv1, params.bn1], images, mode, first)); // [n, h / stride, w / stride, 64]
        const maps = stages.reduce(
          (x, blocks, i) => {
            const layer = params[`layer${i + 1}`] as Params;
            return blocks.reduce((y, block, at) => block.apply(layer[at] as Params, y, mode), x); // layers 2 to 4 halve h and w
          },
          stem === "small" ? start : maxPool(start),
        );
        return globalAveragePool(maps); // [n, d]
      }),
  };
}

const STAGES = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3] } as const;

const conv = (kernel: number, from: number, to: number, stride = 1): Conv => ({ kernel, from, to, stride });

function stagesOf(depth: 18 | 34 | 50): Block[][] {
  let from = 64;
  return STAGES[depth].map((length, stage) =>
    Array.from({ length }, (_, i) => {
      const block = blockOf(depth, from, 64 * 2 ** stage, stage > 0 && i === 0 ? 2 : 1);
      from = block.channels;
      return block;
    }),
  );
}

function blockOf(depth: number, from: number, width: number, stride: number): Block {
  const to = depth === 50 ? 4 * width : width;
  const convs =
    depth === 50
      ? [conv(1, from, width), conv(3, width, width, stride), conv(1, width, to)]
      : [conv(3, from, width, stride), conv(3, width, to)];
  return residualBlock(convs, stride === 1 && from === to ? undefined : conv(1, from, to, stride));
}

/** PyTorch's `MaxPool2d(3, stride=2, padding=1)` of what ReLU returned: a border of zeros never exceeds it. */
function maxPool(x: Tensor4D): Tensor4D {
  return tf.maxPool(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), 3, 2, "valid"); // prettier-ignore
}

function named<T>(list: readonly T[], name: (i: number) => string, make: (item: T, name: string) => Params): Params {
  return Object.fromEntries(list.map((item, i) => [name(i), make(item, name(i))]));
}
