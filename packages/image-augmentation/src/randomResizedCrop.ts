import type { Image } from "@nearfar/formats";
import type { Key } from "@nearfar/random";
import { randomBox, type RandomBoxOptions } from "./randomBox.ts";
import type { Filter } from "./resampling.ts";
import { resizedCrop } from "./resizedCrop.ts";

export interface RandomResizedCropOptions extends RandomBoxOptions {
  /** The side of the square that comes out. */
  readonly size: number;
  readonly filter?: Filter;
}

/** A random box of the picture (`randomBox`) resized to a square. Source: torchvision v2 `RandomResizedCrop`. */
export function randomResizedCrop(
  key: Key,
  image: Image,
  { size, scale = [0.08, 1], ratio = [3 / 4, 4 / 3], filter = "bilinear" }: RandomResizedCropOptions,
): Image {
  return resizedCrop(image, randomBox(key, image, { scale, ratio }), { width: size, height: size }, { filter });
}
