import type { Image } from "@nearfar/formats";
import type { PixelOptions } from "./pixelOptions.ts";

/**
 * Turns every pixel's hue (HSV) by `shift` turns, in [-0.5, 0.5]; 0 changes nothing, -0.5 and 0.5 give the complement.
 *
 * A hue turn keeps a pixel's largest and smallest value; only the middle one is computed, max - (max - min) · fraction or
 * min + (max - min) · fraction by sector, scaled by 255.999 / 255 and its fraction cut off as torchvision's float-to-byte does.
 * Throws RangeError for a shift outside the range. Source: torchvision v2 `adjust_hue_image`.
 */
export function adjustHue(
  image: Image,
  shift: number,
  { into = new Uint8Array(image.data.length) }: PixelOptions = {},
): Image {
  if (!(shift >= -0.5 && shift <= 0.5))
    throw new RangeError(`adjustHue: the shift is in turns, from -0.5 to 0.5; got ${shift}. Was it given in degrees?`);
  const { data } = image;
  const turn = 6 * shift + 6; // in sectors, never negative
  for (let i = 0; i < data.length; i += 3) {
    const red = data[i]!;
    const green = data[i + 1]!;
    const blue = data[i + 2]!;
    const max = red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
    const min = red < green ? (red < blue ? red : blue) : green < blue ? green : blue;
    const chroma = max - min;
    if (chroma === 0) {
      into[i] = into[i + 1] = into[i + 2] = max;
      continue;
    }
    let hue = turn; // sectors of 60 degrees from red
    if (max === red) hue += (green - blue) / chroma;
    else if (max === green) hue += 2 + (blue - red) / chroma;
    else hue += 4 + (red - green) / chroma;
    const whole = hue | 0;
    const slope = chroma * (hue - whole);
    const falling = (max - slope) * SCALE;
    const rising = (min + slope) * SCALE;
    switch (whole % 6) {
      case 0:
        into[i] = max;
        into[i + 1] = rising;
        into[i + 2] = min;
        break;
      case 1:
        into[i] = falling;
        into[i + 1] = max;
        into[i + 2] = min;
        break;
      case 2:
        into[i] = min;
        into[i + 1] = max;
        into[i + 2] = rising;
        break;
      case 3:
        into[i] = min;
        into[i + 1] = falling;
        into[i + 2] = max;
        break;
      case 4:
        into[i] = rising;
        into[i + 1] = min;
        into[i + 2] = max;
        break;
      default:
        into[i] = max;
        into[i + 1] = min;
        into[i + 2] = falling;
    }
  }
  return { width: image.width, height: image.height, data: into };
}

const SCALE = 255.999 / 255;
