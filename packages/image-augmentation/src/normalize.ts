import type { Image } from "@nearfar/formats";

/** One number per channel: red, green, blue. */
export type PerChannel = readonly [number, number, number];

export interface NormalizeOptions {
  /** ImageNet's by default, as in torchvision and lightly. */
  readonly mean?: PerChannel;
  readonly std?: PerChannel;
  /** Where the numbers go, from `offset` on: a batch's array, say. A new array by default. */
  readonly into?: Float32Array;
  readonly offset?: number;
}

/**
 * Bytes to numbers: (x / 255 - mean) / std per channel, `[height, width, 3]`; returns `into`.
 *
 * Throws RangeError where `into` is too short. Source: torchvision v2 `to_dtype` with scale, then `normalize_image`.
 */
export function normalize(
  { width, height, data }: Image,
  {
    mean = [0.485, 0.456, 0.406],
    std = [0.229, 0.224, 0.225],
    into = new Float32Array(data.length),
    offset = 0,
  }: NormalizeOptions = {},
): Float32Array {
  if (!(offset >= 0 && offset + data.length <= into.length))
    throw new RangeError(
      `normalize: the output holds the picture; got ${into.length} numbers for ${width}x${height}x3 from ${offset}.`,
    );
  const [red, green, blue] = tables(mean, std);
  for (let i = 0; i < data.length; i += 3) {
    into[offset + i] = red[data[i]!]!;
    into[offset + i + 1] = green[data[i + 1]!]!;
    into[offset + i + 2] = blue[data[i + 2]!]!;
  }
  return into;
}

type Tables = readonly [Float32Array, Float32Array, Float32Array];

let last: { readonly id: string; readonly tables: Tables } | undefined; // one recipe normalises every picture alike

function tables(mean: PerChannel, std: PerChannel): Tables {
  const id = `${mean} ${std}`;
  if (last?.id !== id) last = { id, tables: [table(mean[0], std[0]), table(mean[1], std[1]), table(mean[2], std[2])] };
  return last.tables;
}

function table(mean: number, std: number): Float32Array {
  const { fround } = Math;
  const divisor = fround(std);
  return Float32Array.from({ length: 256 }, (_, x) => fround(fround(x * fround(1 / 255)) - fround(mean)) / divisor);
}
