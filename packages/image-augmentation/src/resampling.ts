/** How pixels are weighed: "bilinear" (a triangle), "bicubic" (Keys, a = -0.5) or "lanczos" (three lobes), widened when shrinking (antialiased). */
export type Filter = "bilinear" | "bicubic" | "lanczos";

/** The taps of one axis: output i is `(half + sum_j weight[i·taps + j] · input[start[i] + j]) >> precision`, j below count[i]. */
export interface Resampling {
  readonly taps: number;
  readonly precision: number;
  readonly start: Int32Array; // [to]
  readonly count: Int32Array; // [to]
  readonly weight: Int32Array; // [to · taps]
}

/**
 * The fixed-point weights that bring an axis from `from` to `to` pixels; cached.
 *
 * Weight j of output i is filter((start + j + 1/2 - centre) / max(scale, 1)), scale = from / to, centre = scale · (i + 1/2),
 * normalised to 1 and rounded to the most bits at which the largest stays below 2^15.
 * Source: Pillow's `precompute_coeffs`, as PyTorch's `_compute_index_ranges_int16_weights` (UpSampleKernel.cpp) has it.
 */
export function resampling(from: number, to: number, filter: Filter): Resampling {
  const id = (from * 2 ** 22 + to) * 4 + filters[filter].id;
  let table = cache.get(id);
  if (table === undefined) {
    table = compute(from, to, filter);
    if (cache.size >= MOST_TABLES) cache.clear();
    cache.set(id, table);
  }
  return table;
}

const cache = new Map<number, Resampling>();
const MOST_TABLES = 512; // every width of a picture of 500 pixels; at most about 20 MB for pictures of 4,000

function compute(from: number, to: number, filter: Filter): Resampling {
  const { kernel, reach } = filters[filter];
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const support = reach * stretch;
  const taps = 2 * Math.ceil(support) + 1;
  const start = new Int32Array(to);
  const count = new Int32Array(to);
  const exact = new Float64Array(to * taps);
  let largest = 0;
  for (let i = 0; i < to; i++) {
    const centre = scale * (i + 0.5);
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const size = Math.min(from, Math.trunc(centre + support + 0.5)) - first;
    let total = 0;
    for (let j = 0; j < size; j++) total += exact[i * taps + j] = kernel((first + j - centre + 0.5) / stretch);
    for (let j = 0; j < size; j++) largest = Math.max(largest, (exact[i * taps + j]! /= total));
    start[i] = first;
    count[i] = size;
  }
  let precision = 0;
  while (precision < 22 && Math.trunc(0.5 + largest * 2 ** (precision + 1)) < 32768) precision++;
  const weight = Int32Array.from(exact, (w) => Math.trunc(w * 2 ** precision + (w < 0 ? -0.5 : 0.5)));
  return { taps, precision, start, count, weight };
}

function triangle(x: number): number {
  return Math.max(0, 1 - Math.abs(x));
}

function cubic(x: number): number {
  const d = Math.abs(x);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}

function lanczos(x: number): number {
  return Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Each with the distance at which it ends. */
const filters = {
  bilinear: { id: 0, kernel: triangle, reach: 1 },
  bicubic: { id: 1, kernel: cubic, reach: 2 },
  lanczos: { id: 2, kernel: lanczos, reach: 3 },
} as const;
