import type { Image } from "@nearfar/formats";
import { checkFactor } from "./checkFactor.ts";
import { lookUp } from "./lookUp.ts";
import type { PixelOptions } from "./pixelOptions.ts";

/**
 * Multiplies every value: min(255, factor · x), the fraction cut off. 0 is black, 1 changes nothing.
 *
 * Throws RangeError for a negative factor. Source: torchvision v2 `adjust_brightness_image`.
 */
export function adjustBrightness(
  image: Image,
  factor: number,
  { into = new Uint8Array(image.data.length) }: PixelOptions = {},
): Image {
  checkFactor("adjustBrightness", factor);
  const ratio = Math.fround(factor);
  for (let x = 0; x < 256; x++) table[x] = Math.min(255, Math.fround(x * ratio));
  lookUp(table, image.data, into);
  return { width: image.width, height: image.height, data: into };
}

const table = new Uint8Array(256);
