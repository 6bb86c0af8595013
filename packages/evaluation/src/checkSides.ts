import type { Vectors } from "@nearfar/formats";
import { checkVectors } from "@nearfar/search";

/** Throws RangeError unless images and texts, in a message of `name`, are finite vectors of one width. */
export function checkSides(name: string, images: Vectors, texts: Vectors): void {
  checkVectors(`${name}: images`, images);
  checkVectors(`${name}: texts`, texts);
  if (images.dimensions !== texts.dimensions)
    throw new RangeError(
      `${name}: images and texts lie in one space; got ${images.dimensions} and ${texts.dimensions} dimensions. Are they of one model?`,
    );
}
