import type { Image } from "@nearfar/formats";
import { lookUp } from "./lookUp.ts";
import type { PixelOptions } from "./pixelOptions.ts";

/** Inverts every value of at least `threshold`: x becomes 255 - x. Source: torchvision v2 `solarize_image`. */
export function solarize(
  image: Image,
  threshold: number,
  { into = new Uint8Array(image.data.length) }: PixelOptions = {},
): Image {
  for (let x = 0; x < 256; x++) table[x] = x >= threshold ? 255 - x : x;
  lookUp(table, image.data, into);
  return { width: image.width, height: image.height, data: into };
}

const table = new Uint8Array(256);
