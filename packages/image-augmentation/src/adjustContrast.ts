import type { Image } from "@nearfar/formats";
import { checkFactor } from "./checkFactor.ts";
import { lookUp } from "./lookUp.ts";
import { luminance } from "./luminance.ts";
import type { PixelOptions } from "./pixelOptions.ts";

/**
 * Blends every value with the picture's mean luminance: factor · x + (1 - factor) · mean, clamped, the fraction cut off.
 *
 * 0 is one gray, 1 changes nothing. Throws RangeError for a negative factor. Source: torchvision v2 `adjust_contrast_image`.
 */
export function adjustContrast(
  image: Image,
  factor: number,
  { into = new Uint8Array(image.data.length) }: PixelOptions = {},
): Image {
  checkFactor("adjustContrast", factor);
  const ratio = Math.fround(factor);
  const gray = meanLuminance(image) * Math.fround(1 - factor);
  for (let x = 0; x < 256; x++) table[x] = Math.max(0, Math.min(255, Math.fround(Math.fround(x * ratio) + gray)));
  lookUp(table, image.data, into);
  return { width: image.width, height: image.height, data: into };
}

const table = new Uint8Array(256);

function meanLuminance({ data }: Image): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += luminance(data[i]!, data[i + 1]!, data[i + 2]!);
  return Math.fround((3 * sum) / data.length);
}
