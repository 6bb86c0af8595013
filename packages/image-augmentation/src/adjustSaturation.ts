import type { Image } from "@nearfar/formats";
import { checkFactor } from "./checkFactor.ts";
import { luminance } from "./luminance.ts";
import type { PixelOptions } from "./pixelOptions.ts";

/**
 * Blends every pixel with its own luminance: factor · x + (1 - factor) · luminance, clamped, the fraction cut off.
 *
 * 0 is gray, 1 changes nothing. Throws RangeError for a negative factor. Source: torchvision v2 `adjust_saturation_image`.
 */
export function adjustSaturation(
  image: Image,
  factor: number,
  { into = new Uint8Array(image.data.length) }: PixelOptions = {},
): Image {
  checkFactor("adjustSaturation", factor);
  const { data } = image;
  const ratio = Math.fround(factor);
  const rest = Math.fround(1 - factor);
  for (let x = 0; x < 256; x++) scaled[x] = x * ratio;
  for (let i = 0; i < data.length; i += 3) {
    const red = data[i]!;
    const green = data[i + 1]!;
    const blue = data[i + 2]!;
    const gray = luminance(red, green, blue) * rest;
    into[i] = clamp(Math.fround(scaled[red]! + gray));
    into[i + 1] = clamp(Math.fround(scaled[green]! + gray));
    into[i + 2] = clamp(Math.fround(scaled[blue]! + gray));
  }
  return { width: image.width, height: image.height, data: into };
}

const scaled = new Float32Array(256);

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
