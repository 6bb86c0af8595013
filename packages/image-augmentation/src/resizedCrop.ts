import type { Image } from "@nearfar/formats";
import type { Box } from "./box.ts";
import { checkBox } from "./checkBox.ts";
import { resampling, type Filter } from "./resampling.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Resizes the inside of a box to `size`, antialiased, without copying the crop first.
 *
 * Columns before rows, 8 bits between, in fixed point: equal to `resize(crop(image, box), size)`.
 * Throws RangeError for a box outside the picture or a size below 1.
 * Source: torchvision v2 `resized_crop_image` with antialias (PyTorch's uint8 kernels, after Pillow's Resample.c).
 */
export function resizedCrop(
  image: Image,
  box: Box,
  size: Size,
  { filter = "bilinear" }: { readonly filter?: Filter } = {},
): Image {
  checkBox("resizedCrop", image, box);
  const { width, height } = size;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1))
    throw new RangeError(`resizedCrop: a size is whole pixels, at least 1; got ${width}x${height}.`);
  let source = { data: image.data, offset: 3 * (box.top * image.width + box.left), stride: 3 * image.width };
  if (width !== box.width) source = columns(source, box, width, filter);
  const data = new Uint8Array(3 * width * height);
  if (height !== box.height) rows(source, box.height, { width, height, data }, filter);
  else
    for (let y = 0; y < height; y++) {
      const from = source.offset + y * source.stride;
      data.set(source.data.subarray(from, from + 3 * width), 3 * width * y);
    }
  return { width, height, data };
}

/** Where a crop lies in memory: its first byte and the bytes from one row to the next. */
interface Source {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly stride: number;
}

let between = new Uint8Array(0); // what the two passes hand over; kept, as it never outlives a call

function columns({ data, offset, stride }: Source, box: Box, width: number, filter: Filter): Source {
  const { taps, precision, start, count, weight } = resampling(box.width, width, filter);
  const half = 1 << (precision - 1);
  if (between.length < 3 * width * box.height) between = new Uint8Array(3 * width * box.height);
  const to = between;
  let at = 0;
  for (let y = 0; y < box.height; y++) {
    const row = offset + y * stride;
    for (let x = 0; x < width; x++, at += 3) {
      const first = x * taps;
      const end = first + count[x]!;
      let from = row + 3 * start[x]!;
      let w = weight[first]!;
      let red = half + Math.imul(w, data[from]!);
      let green = half + Math.imul(w, data[from + 1]!);
      let blue = half + Math.imul(w, data[from + 2]!);
      for (let j = first + 1; j < end; j++) {
        from += 3;
        w = weight[j]!;
        red += Math.imul(w, data[from]!);
        green += Math.imul(w, data[from + 1]!);
        blue += Math.imul(w, data[from + 2]!);
      }
      to[at] = clamp(red >> precision);
      to[at + 1] = clamp(green >> precision);
      to[at + 2] = clamp(blue >> precision);
    }
  }
  return { data: to, offset: 0, stride: 3 * width };
}

function rows(source: Source, from: number, { width, height, data: to }: Image, filter: Filter): void {
  const { data, offset, stride } = source;
  const { taps, precision, start, count, weight } = resampling(from, height, filter);
  const half = 1 << (precision - 1);
  const bytes = 3 * width;
  const sums = new Int32Array(bytes); // of one output row, over the taps so far
  for (let y = 0; y < height; y++) {
    const row = bytes * y;
    const last = y * taps + count[y]! - 1;
    let at = offset + start[y]! * stride;
    let tap = y * taps;
    sums.fill(half);
    // Two taps a pass, the last straight into the result: twice as fast as one at a time. A tap too many has weight 0.
    for (; tap + 1 < last; tap += 2, at += 2 * stride) {
      const w0 = weight[tap]!;
      const w1 = weight[tap + 1]!;
      const next = at + stride;
      for (let x = 0; x < bytes; x++)
        sums[x] = sums[x]! + Math.imul(w0, data[at + x]!) + Math.imul(w1, data[next + x]!);
    }
    const w0 = weight[tap]!;
    const w1 = tap < last ? weight[tap + 1]! : 0;
    const next = tap < last ? at + stride : at;
    for (let x = 0; x < bytes; x++)
      to[row + x] = clamp((sums[x]! + Math.imul(w0, data[at + x]!) + Math.imul(w1, data[next + x]!)) >> precision);
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
