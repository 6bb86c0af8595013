import type { Image } from "@nearfar/formats";
import type { Box } from "./box.ts";

/** Throws RangeError unless the box is of whole pixels, not empty and inside the picture. `operation` opens the message. */
export function checkBox(operation: string, image: Image, { left, top, width, height }: Box): void {
  const whole = [left, top, width, height].every(Number.isInteger);
  if (whole && left >= 0 && top >= 0 && width >= 1 && height >= 1)
    if (left + width <= image.width && top + height <= image.height) return;
  throw new RangeError(
    `${operation}: the box lies inside the picture, in whole pixels; got ${width}x${height} at ${left},${top} ` +
      `in ${image.width}x${image.height}. Was it made for another picture?`,
  );
}
