import type { Image } from "@nearfar/formats";
import { luminance } from "./luminance.ts";
import type { PixelOptions } from "./pixelOptions.ts";

/** Replaces every pixel by its luminance, in all three channels. Source: torchvision v2 `rgb_to_grayscale_image`. */
export function grayscale(image: Image, { into = new Uint8Array(image.data.length) }: PixelOptions = {}): Image {
  const { data } = image;
  for (let i = 0; i < data.length; i += 3)
    into[i] = into[i + 1] = into[i + 2] = luminance(data[i]!, data[i + 1]!, data[i + 2]!);
  return { width: image.width, height: image.height, data: into };
}
