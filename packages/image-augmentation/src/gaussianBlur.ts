import type { Image } from "@nearfar/formats";

export interface GaussianBlurOptions {
  /** Standard deviation in pixels. */
  readonly sigma: number;
  /** Taps along each axis, odd. */
  readonly kernel: number;
}

/**
 * Blurs with weights proportional to exp(-(d / sigma)² / 2), d up to (kernel - 1) / 2, the picture mirrored at its edges.
 *
 * Throws RangeError for an even kernel or a sigma that is not positive. A picture smaller than the kernel is mirrored again
 * and again (torchvision refuses it). Source: torchvision v2 `gaussian_blur_image`, separated into rows and columns.
 */
export function gaussianBlur({ width, height, data }: Image, { sigma, kernel }: GaussianBlurOptions): Image {
  if (!(Number.isInteger(kernel) && kernel >= 1 && kernel % 2 === 1))
    throw new RangeError(`gaussianBlur: the kernel has an odd number of taps; got ${kernel}.`);
  if (!(sigma > 0)) throw new RangeError(`gaussianBlur: sigma is positive; got ${sigma}.`);
  const weights = halfKernel(sigma, (kernel - 1) / 2); // [1 + whole fours], centre first
  const radius = weights.length - 1;
  const stride = 3 * width;
  const padded = new Float64Array(stride + 6 * radius); // one row, mirrored at both ends
  const wide = new Float64Array(stride * height); // after the rows, before the columns
  const before = new Int32Array(radius + 1);
  const after = new Int32Array(radius + 1);
  const taps = { weights, before, after, length: stride };
  for (let d = 0; d <= radius; d++) {
    before[d] = 3 * (radius - d);
    after[d] = 3 * (radius + d);
  }
  for (let y = 0; y < height; y++) {
    for (let x = -radius, to = 0; x < width + radius; x++) {
      const from = y * stride + 3 * mirrored(x, width);
      padded[to++] = data[from]!;
      padded[to++] = data[from + 1]!;
      padded[to++] = data[from + 2]!;
    }
    weigh(padded, taps, wide, y * stride);
  }
  const blurred = new Uint8Array(data.length);
  const sums = new Float64Array(stride);
  for (let y = 0; y < height; y++) {
    for (let d = 0; d <= radius; d++) {
      before[d] = stride * mirrored(y - d, height);
      after[d] = stride * mirrored(y + d, height);
    }
    weigh(wide, taps, sums, 0);
    for (let i = 0; i < stride; i++) blurred[y * stride + i] = sums[i]! + 0.5;
  }
  return { width, height, data: blurred };
}

/** One row's worth of weighted sums: by distance from the centre, the weight and where the taps of either side begin. */
interface Taps {
  readonly weights: Float64Array;
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly length: number;
}

/** sums[to + i] = weights[0] · source[before[0] + i] + sum_d weights[d] · (source[before[d] + i] + source[after[d] + i]). */
function weigh(source: Float64Array, taps: Taps, sums: Float64Array, to: number): void {
  const { weights, before, after, length } = taps;
  const centre = before[0]!;
  const weight = weights[0]!;
  for (let i = 0; i < length; i++) sums[to + i] = weight * source[centre + i]!;
  // Four distances a pass: twice as fast as one at a time, whichever loop is outside.
  for (let d = 1; d < weights.length; d += 4) {
    const w0 = weights[d]!;
    const w1 = weights[d + 1]!;
    const w2 = weights[d + 2]!;
    const w3 = weights[d + 3]!;
    const a0 = before[d]!;
    const a1 = before[d + 1]!;
    const a2 = before[d + 2]!;
    const a3 = before[d + 3]!;
    const b0 = after[d]!;
    const b1 = after[d + 1]!;
    const b2 = after[d + 2]!;
    const b3 = after[d + 3]!;
    for (let i = 0; i < length; i++) {
      const near = w0 * (source[a0 + i]! + source[b0 + i]!) + w1 * (source[a1 + i]! + source[b1 + i]!);
      const far = w2 * (source[a2 + i]! + source[b2 + i]!) + w3 * (source[a3 + i]! + source[b3 + i]!);
      sums[to + i]! += near + far;
    }
  }
}

/** One side of the kernel, normalised over both; taps below float32's resolution are left out, zeros fill up to whole fours. */
function halfKernel(sigma: number, radius: number): Float64Array {
  const sides = Array.from({ length: radius + 1 }, (_, d) => Math.exp(-((d / sigma) ** 2) / 2));
  const total = 2 * sides.reduce((sum, w) => sum + w, 0) - 1;
  const weights = sides.map((w) => w / total).filter((w) => w > 2 ** -24);
  while (weights.length % 4 !== 1) weights.push(0);
  return Float64Array.from(weights);
}

/** The index that a mirror at both ends (without repeating the edge) brings into [0, length). */
function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = Math.abs(index) % period;
  return folded < length ? folded : period - folded;
}
