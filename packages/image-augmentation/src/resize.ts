import type { Image } from "@nearfar/formats";
import type { Filter } from "./resampling.ts";
import { resizedCrop } from "./resizedCrop.ts";

export interface ResizeOptions {
  readonly width: number;
  readonly height: number;
  readonly filter?: Filter;
}

/** Resizes a whole picture, antialiased: see `resizedCrop`. Source: torchvision v2 `resize_image` with antialias. */
export function resize(image: Image, { width, height, filter = "bilinear" }: ResizeOptions): Image {
  const all = { left: 0, top: 0, width: image.width, height: image.height };
  return resizedCrop(image, all, { width, height }, { filter });
}
