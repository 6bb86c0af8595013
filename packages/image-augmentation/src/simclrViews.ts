import type { Image } from "@nearfar/formats";
import type { Key } from "@nearfar/random";
import { colorJitter } from "./colorJitter.ts";
import { randomFlip } from "./randomFlip.ts";
import { randomGaussianBlur } from "./randomGaussianBlur.ts";
import { randomGrayscale } from "./randomGrayscale.ts";
import { randomResizedCrop } from "./randomResizedCrop.ts";

export interface SimclrViewsOptions {
  /** The side of a view in pixels. */
  readonly size?: number;
  /** Multiplies the colour jitter's ranges: 1 for large pictures, 0.5 for CIFAR. */
  readonly strength?: number;
  /** The probability of blurring. */
  readonly blur?: number;
  /** The crop's share of the picture's area. */
  readonly scale?: readonly [number, number];
  /** Views per picture. */
  readonly views?: number;
}

/**
 * SimCLR's recipe: resized crop, flip .5, colour jitter .8, grayscale .2, blur .5, in this order; `(key, image) => views`.
 *
 * Jitter's ranges are strength times .8, .8, .8 and .2; the blur's kernel is the largest odd number up to about a tenth of the
 * side, 2 · floor(size / 20) + 1, its sigma .1 to 2. View v draws from `key.fold(v)`, each operation from a name of its own,
 * so that changing one never moves another's numbers. For small pictures see `simclrCifar`.
 * Source: Chen et al. 2020, appendix A; lightly's `SimCLRTransform`.
 */
export function simclrViews({
  size = 224,
  strength = 1,
  blur = 0.5,
  scale = [0.08, 1],
  views = 2,
}: SimclrViewsOptions = {}): (key: Key, image: Image) => readonly Image[] {
  const jitter = {
    probability: 0.8,
    brightness: 0.8 * strength,
    contrast: 0.8 * strength,
    saturation: 0.8 * strength,
    hue: 0.2 * strength,
  };
  const kernel = 2 * Math.floor(size / 20) + 1;
  const view = (key: Key, image: Image): Image => {
    let result = randomResizedCrop(key.fold("crop"), image, { size, scale });
    result = randomFlip(key.fold("flip"), result, { probability: 0.5 });
    result = colorJitter(key.fold("jitter"), result, jitter);
    result = randomGrayscale(key.fold("grayscale"), result, { probability: 0.2 });
    return randomGaussianBlur(key.fold("blur"), result, { kernel, probability: blur });
  };
  return (key, image) => Array.from({ length: views }, (_, v) => view(key.fold(v), image));
}
