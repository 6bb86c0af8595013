import type { Image } from "@nearfar/formats";
import { resizedCrop } from "@nearfar/image-augmentation";

/** The middle of a picture: above 64 px seven eighths of its shorter side (256 to 224, as is usual), below all of it. */
export function whole(image: Image, size: number): Image {
  if (image.width === size && image.height === size) return image;
  const short = Math.min(image.width, image.height);
  const side = Math.max(1, Math.round(size > 64 ? (short * 7) / 8 : short));
  // Cropped before it is resized: a picture of 1 x 1,000,000 pixels must not become one of 32 x 32,000,000.
  const box = { left: (image.width - side) >> 1, top: (image.height - side) >> 1, width: side, height: side };
  return resizedCrop(image, box, { width: size, height: size });
}
