import type { Image } from "@nearfar/formats";
import { bernoulli, type Key } from "@nearfar/random";
import { grayscale } from "./grayscale.ts";

/** `grayscale` with a probability; otherwise the input itself. Default: Chen et al. 2020, appendix A. */
export function randomGrayscale(key: Key, image: Image, { probability = 0.2 } = {}): Image {
  return bernoulli(key, probability) ? grayscale(image) : image;
}
