import type { Image, Preprocessing } from "@nearfar/formats";
import { crop } from "./crop.ts";
import { normalize } from "./normalize.ts";
import { resize } from "./resize.ts";
import { resizeShort } from "./resizeShort.ts";

export interface PreprocessOptions {
  /** Where the numbers go, from `offset` on: a batch's array, say. A new array by default. */
  readonly into?: Float32Array;
  readonly offset?: number;
}

/**
 * A picture as a network of Hugging Face's wants it, `[size, size, 3]`: resized, cut, divided by 255 and normalized; returns `into`.
 *
 * `squash`: the whole picture to `size` x `size`. `crop`: its shorter side to `size`, then the middle, an odd margin's larger half at the right and
 * below. Antialiased, as PyTorch and Pillow resize. Of a picture more than 16 times as long as it is wide only the middle of 16 is resized before the
 * cut: a file of 1 x 1,000,000 pixels must not ask for gigabytes. Source: transformers 5 `image_processing_backends.py`, `TorchvisionBackend`.
 */
export function preprocess(
  image: Image,
  { size, fit, resample: filter, mean, deviation }: Preprocessing,
  { into = new Float32Array(size * size * 3), offset = 0 }: PreprocessOptions = {},
): Float32Array {
  const resized =
    fit === "squash" ? resize(image, { width: size, height: size, filter }) : middle(resizeShort(bounded(image), size, { filter }), size); // prettier-ignore
  return normalize(resized, { mean, std: deviation, into, offset });
}

/** `centerCrop` splits an odd margin as torchvision does. */
function middle(image: Image, size: number): Image {
  const half = (length: number) => Math.floor((length - size) / 2);
  return crop(image, { left: half(image.width), top: half(image.height), width: size, height: size });
}

/** What of a strip may be resized whole. */
const LONGEST = 16;

function bounded(image: Image): Image {
  const most = LONGEST * Math.min(image.width, image.height);
  const { width, height } = image;
  if (Math.max(width, height) <= most) return image;
  const box = { width: Math.min(width, most), height: Math.min(height, most) };
  return crop(image, { left: (width - box.width) >> 1, top: (height - box.height) >> 1, ...box });
}
