import type { Key } from "@nearfar/random";
import { initial, relu, tf, type Params, type Tensor4D } from "@nearfar/tensor";
import { checkImages } from "./checkImages.ts";
import { convNorm } from "./convNorm.ts";
import type { Encoder } from "./encoder.ts";
import { globalAveragePool } from "./globalAveragePool.ts";
import { initialNorm } from "./initialNorm.ts";

/**
 * The small net for small pictures and short budgets: `[n, h, w, 3] -> [n, 128]`, 241 thousand weights.
 *
 * Four times a 3x3 convolution (to 32, 64, 128, 128 channels; strides 1, 2, 2, 2; no bias), batch-norm and ReLU, then the mean over all
 * places. Names: `conv1.weight` `[3, 3, in, out]`, `bn1.weight`, ... First weights are PyTorch's defaults, U(±1/√fanIn).
 * Throws RangeError for images without 3 channels.
 */
export function convNet(): Encoder {
  return {
    name: "convnet",
    features: 128,
    init,
    apply: (params, images, mode) =>
      tf.tidy(() => {
        checkImages("convnet", images);
        const maps = LAYERS.reduce<Tensor4D>(
          (x, { conv, bn, stride }) => relu(convNorm([params[conv], params[bn]], x, mode, { stride })),
          images,
        );
        return globalAveragePool(maps); // [n, 128]
      }),
  };
}

const LAYERS = [
  { conv: "conv1", bn: "bn1", from: 3, to: 32, stride: 1 },
  { conv: "conv2", bn: "bn2", from: 32, to: 64, stride: 2 },
  { conv: "conv3", bn: "bn3", from: 64, to: 128, stride: 2 },
  { conv: "conv4", bn: "bn4", from: 128, to: 128, stride: 2 },
] as const;

function init(key: Key): Params {
  const pairs = LAYERS.map(({ conv, bn, from, to }) => ({
    [conv]: { weight: initial.fanInUniform(key.fold(conv), [3, 3, from, to]) },
    [bn]: initialNorm(to),
  }));
  return Object.assign({}, ...pairs) as Params;
}
