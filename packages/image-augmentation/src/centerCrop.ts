import type { Image } from "@nearfar/formats";
import { crop } from "./crop.ts";

/**
 * The central square of `size` pixels; an odd margin is split as torchvision does (half to even).
 *
 * Throws RangeError for a picture smaller than that. Source: torchvision v2 `center_crop_image` (which pads instead).
 */
export function centerCrop(image: Image, size: number): Image {
  if (!(size >= 1 && size <= Math.min(image.width, image.height)))
    throw new RangeError(
      `centerCrop: the picture holds the crop; got ${size} in ${image.width}x${image.height}. Call resizeShort first?`,
    );
  return crop(image, {
    left: half(image.width - size),
    top: half(image.height - size),
    width: size,
    height: size,
  });
}

function half(margin: number): number {
  const down = Math.floor(margin / 2);
  return margin % 2 === 1 && down % 2 === 1 ? down + 1 : down;
}
