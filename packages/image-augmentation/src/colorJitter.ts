import type { Image } from "@nearfar/formats";
import { bernoulli, permutation, uniform, type Key } from "@nearfar/random";
import { adjustBrightness } from "./adjustBrightness.ts";
import { adjustContrast } from "./adjustContrast.ts";
import { adjustHue } from "./adjustHue.ts";
import { adjustSaturation } from "./adjustSaturation.ts";

export interface ColorJitterOptions {
  /** With which probability the picture is changed at all. */
  readonly probability?: number;
  /** Factor uniform in [max(0, 1 - brightness), 1 + brightness]. 0 switches this adjustment off, here and below. */
  readonly brightness?: number;
  readonly contrast?: number;
  readonly saturation?: number;
  /** Shift uniform in [-hue, hue] turns, at most 0.5. */
  readonly hue?: number;
}

/**
 * Adjusts brightness, contrast, saturation and hue by random amounts, in a random order.
 *
 * Throws RangeError for a hue above 0.5. Source: torchvision v2 `ColorJitter` (order and ranges); Chen et al. 2020, appendix A.
 */
export function colorJitter(
  key: Key,
  image: Image,
  { probability = 1, brightness = 0, contrast = 0, saturation = 0, hue = 0 }: ColorJitterOptions = {},
): Image {
  if (!(hue >= 0 && hue <= 0.5)) throw new RangeError(`colorJitter: hue is in turns, from 0 to 0.5; got ${hue}.`);
  if (!bernoulli(key.fold("apply"), probability)) return image;
  let result = image;
  const into = new Uint8Array(image.data.length); // the first adjustment leaves the input alone, the rest work in place
  for (const step of permutation(key.fold("order"), 4)) {
    if (step === 0 && brightness > 0)
      result = adjustBrightness(result, factor(key.fold("brightness"), brightness), { into });
    else if (step === 1 && contrast > 0)
      result = adjustContrast(result, factor(key.fold("contrast"), contrast), { into });
    else if (step === 2 && saturation > 0)
      result = adjustSaturation(result, factor(key.fold("saturation"), saturation), { into });
    else if (step === 3 && hue > 0)
      result = adjustHue(result, uniform(key.fold("hue"), { min: -hue, max: hue }), { into });
  }
  return result;
}

function factor(key: Key, strength: number): number {
  return uniform(key, { min: Math.max(0, 1 - strength), max: 1 + strength });
}
