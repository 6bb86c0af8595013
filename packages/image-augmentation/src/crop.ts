import type { Image } from "@nearfar/formats";
import type { Box } from "./box.ts";
import { checkBox } from "./checkBox.ts";

/** Copies the pixels inside a box. Throws RangeError for a box that is empty or reaches out of the picture. */
export function crop(image: Image, box: Box): Image {
  checkBox("crop", image, box);
  const { left, top, width, height } = box;
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * image.width + left);
    data.set(image.data.subarray(from, from + 3 * width), 3 * width * y);
  }
  return { width, height, data };
}
