import type { Image } from "@nearfar/formats";
import type { Filter } from "./resampling.ts";
import { resize } from "./resize.ts";

/**
 * Resizes so that the shorter side has `size` pixels and the shape stays: long = floor(size · long / short).
 *
 * Source: torchvision v2 `Resize(size)`, the first step of the usual evaluation (256, then `centerCrop` 224).
 */
export function resizeShort(
  image: Image,
  size: number,
  { filter = "bilinear" }: { readonly filter?: Filter } = {},
): Image {
  const short = Math.min(image.width, image.height);
  const side = (length: number) => Math.trunc((size * length) / short);
  return resize(image, { width: side(image.width), height: side(image.height), filter });
}
