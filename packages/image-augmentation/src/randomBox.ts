import { integer, uniform, type Key } from "@nearfar/random";
import type { Box } from "./box.ts";
import type { Size } from "./resizedCrop.ts";

export interface RandomBoxOptions {
  /** The box's share of the picture's area, uniform in this range. */
  readonly scale?: readonly [number, number];
  /** Width over height, uniform in its logarithm. */
  readonly ratio?: readonly [number, number];
}

/**
 * A random box inside a picture, by area and shape: ten tries, then the largest central box of an allowed shape.
 *
 * Throws RangeError for ranges that are empty or not positive.
 * Source: torchvision v2 `RandomResizedCrop.make_params`, after Szegedy et al. 2015, section 6.
 */
export function randomBox(
  key: Key,
  { width, height }: Size,
  { scale = [0.08, 1], ratio = [3 / 4, 4 / 3] }: RandomBoxOptions = {},
): Box {
  checkRange("scale", scale);
  checkRange("ratio", ratio);
  for (let attempt = 0; attempt < 10; attempt++) {
    const counter = 4 * attempt;
    const area = width * height * uniform(key, { min: scale[0], max: scale[1], counter });
    const shape = Math.exp(uniform(key, { min: Math.log(ratio[0]), max: Math.log(ratio[1]), counter: counter + 1 }));
    const w = Math.round(Math.sqrt(area * shape));
    const h = Math.round(Math.sqrt(area / shape));
    if (w < 1 || h < 1 || w > width || h > height) continue;
    const left = integer(key, width - w + 1, { counter: counter + 2 });
    const top = integer(key, height - h + 1, { counter: counter + 3 });
    return { left, top, width: w, height: h };
  }
  const shape = Math.min(ratio[1], Math.max(ratio[0], width / height));
  const w = Math.max(1, Math.min(width, Math.round(height * shape)));
  const h = Math.max(1, Math.min(height, Math.round(width / shape)));
  return { left: Math.floor((width - w) / 2), top: Math.floor((height - h) / 2), width: w, height: h };
}

function checkRange(name: string, [low, high]: readonly [number, number]): void {
  if (!(low > 0 && low <= high && high < Infinity))
    throw new RangeError(`randomBox: ${name} is [low, high] with 0 < low <= high; got [${low}, ${high}].`);
}
