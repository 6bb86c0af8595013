import type { Image } from "@nearfar/formats";

/** Mirrors a picture left to right. */
export function flip({ width, height, data }: Image): Image {
  const mirrored = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    let from = 3 * width * y;
    let to = from + 3 * (width - 1);
    for (let x = 0; x < width; x++, from += 3, to -= 3) {
      mirrored[to] = data[from]!;
      mirrored[to + 1] = data[from + 1]!;
      mirrored[to + 2] = data[from + 2]!;
    }
  }
  return { width, height, data: mirrored };
}
