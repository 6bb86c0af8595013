import type { Image } from "@nearfar/formats";
import { bernoulli, type Key } from "@nearfar/random";
import { solarize } from "./solarize.ts";

/** `solarize` with a probability; otherwise the input itself. Defaults: BYOL's second view, Grill et al. 2020, table 6. */
export function randomSolarize(key: Key, image: Image, { probability = 0.2, threshold = 128 } = {}): Image {
  return bernoulli(key, probability) ? solarize(image, threshold) : image;
}
