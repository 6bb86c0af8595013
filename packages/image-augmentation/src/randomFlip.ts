import type { Image } from "@nearfar/formats";
import { bernoulli, type Key } from "@nearfar/random";
import { flip } from "./flip.ts";

/** `flip` with a probability; otherwise the input itself. Default: Chen et al. 2020, appendix A. */
export function randomFlip(key: Key, image: Image, { probability = 0.5 } = {}): Image {
  return bernoulli(key, probability) ? flip(image) : image;
}
