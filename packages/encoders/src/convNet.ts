import type { Key } from "@nearfar/random";
import { initial, relu, tf, type Params, type Tensor2D, type Tensor4D } from "@nearfar/tensor";
import { checkImages } from "./checkImages.ts";
import { convNorm } from "./convNorm.ts";
import type { Encoder } from "./encoder.ts";
import { globalAveragePool } from "./globalAveragePool.ts";
import { initialNorm } from "./initialNorm.ts";

export interface ConvNetOptions {
  /** Channels behind each convolution; the last is d. */
  readonly widths?: readonly number[];
  /** The stride of each. */
  readonly strides?: readonly number[];
  /** The side of the last map, of which every place is a feature of its own, for pictures of one size; 0 for the mean over all places. */
  readonly grid?: number;
}

/**
 * The small net for small pictures and short budgets: `[n, h, w, 3] -> [n, d]`, d 128; with its defaults 241 thousand weights.
 *
 * Some times a 3x3 convolution (to 32, 64, 128, 128 channels; strides 1, 2, 2, 2; no bias), batch-norm and ReLU, then the mean over all
 * places. Names: `conv1.weight` `[3, 3, in, out]`, `bn1.weight`, ... First weights are PyTorch's defaults, U(±1/√fanIn).
 * With `grid` the places are kept, row by row, d = grid² · channels: drawings say much by where something is. Throws RangeError for images
 * without 3 channels or of another size than the grid's, and for widths and strides that are not positive or not as many.
 */
export function convNet({
  widths = [32, 64, 128, 128],
  strides = [1, 2, 2, 2],
  grid = 0,
}: ConvNetOptions = {}): Encoder {
  const whole = [...widths, ...strides].every((value) => Number.isSafeInteger(value) && value >= 1);
  if (!whole || widths.length === 0 || widths.length !== strides.length)
    throw new RangeError(
      `convNet: a width and a stride per convolution, each at least 1; got [${widths.join(", ")}] and [${strides.join(", ")}].`,
    );
  if (!(Number.isSafeInteger(grid) && grid >= 0))
    throw new RangeError(`convNet: a grid has a whole side, or 0 for none; got ${grid}.`);
  const layers = widths.map((to, i) => ({
    conv: `conv${i + 1}`,
    bn: `bn${i + 1}`,
    from: i === 0 ? 3 : widths[i - 1]!,
    to,
    stride: strides[i]!,
  }));
  return {
    name: "convnet",
    features: widths.at(-1)! * (grid === 0 ? 1 : grid ** 2),
    init: (key) => Object.assign({}, ...layers.map((layer) => initLayer(key, layer))) as Params,
    apply: (params, images, mode) =>
      tf.tidy(() => {
        checkImages("convnet", images);
        const maps = layers.reduce<Tensor4D>(
          (x, { conv, bn, stride }) => relu(convNorm([params[conv], params[bn]], x, mode, { stride })),
          images,
        );
        return grid === 0 ? globalAveragePool(maps) : flat(maps, grid); // [n, d]
      }),
  };
}

function flat(maps: Tensor4D, grid: number): Tensor2D {
  const [n, h, w, c] = maps.shape;
  if (h !== grid || w !== grid)
    throw new RangeError(
      `convnet: the last maps are ${grid} x ${grid}; got ${h} x ${w}. Are the pictures of the size that it was made for?`,
    );
  return tf.reshape(maps, [n, h * w * c]); // [n, grid² c]
}

interface Layer {
  readonly conv: string;
  readonly bn: string;
  readonly from: number;
  readonly to: number;
}

function initLayer(key: Key, { conv, bn, from, to }: Layer): Params {
  return { [conv]: { weight: initial.fanInUniform(key.fold(conv), [3, 3, from, to]) }, [bn]: initialNorm(to) };
}
