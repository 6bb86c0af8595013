import type { Image } from "@nearfar/formats";

/** A picture moved by whole pixels, to the right and down where they are positive; what comes in is white. */
export function shifted({ width, height, data }: Image, right: number, down: number): Image {
  const moved = new Uint8Array(data.length).fill(255);
  const columns = width - Math.abs(right);
  if (columns <= 0) return { width, height, data: moved };
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    const from = 3 * ((y - down) * width + Math.max(0, -right));
    moved.set(data.subarray(from, from + 3 * columns), 3 * (y * width + Math.max(0, right)));
  }
  return { width, height, data: moved };
}
