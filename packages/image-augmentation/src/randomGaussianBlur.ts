import type { Image } from "@nearfar/formats";
import { bernoulli, uniform, type Key } from "@nearfar/random";
import { gaussianBlur } from "./gaussianBlur.ts";

export interface RandomGaussianBlurOptions {
  /** Taps along each axis, odd; SimCLR takes a tenth of the picture's side. */
  readonly kernel: number;
  readonly probability?: number;
  /** The standard deviation in pixels, uniform in this range. */
  readonly sigma?: readonly [number, number];
}

/** `gaussianBlur` with a probability and a random sigma; otherwise the input itself. Defaults: Chen et al. 2020, appendix A. */
export function randomGaussianBlur(
  key: Key,
  image: Image,
  { kernel, probability = 0.5, sigma = [0.1, 2] }: RandomGaussianBlurOptions,
): Image {
  if (!bernoulli(key.fold("apply"), probability)) return image;
  return gaussianBlur(image, { kernel, sigma: uniform(key.fold("sigma"), { min: sigma[0], max: sigma[1] }) });
}
