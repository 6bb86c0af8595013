/**
 * The luminance of one pixel, 0 to 254: floor(0.2989 r + 0.587 g + 0.114 b).
 *
 * The weights add up to 0.9999, so that white is 254. Each step is rounded to float32, which decides some floors.
 * Source: torchvision.transforms.v2.functional `_rgb_to_grayscale_image`.
 */
export function luminance(red: number, green: number, blue: number): number {
  return Math.fround(blue * BLUE + Math.fround(green * GREEN + Math.fround(red * RED))) | 0;
}

const RED = Math.fround(0.2989);
const GREEN = Math.fround(0.587);
const BLUE = Math.fround(0.114);
