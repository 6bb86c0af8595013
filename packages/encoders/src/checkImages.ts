import type { Tensor4D } from "@nearfar/tensor";

/** Throws RangeError unless the images are `[n, h, w, 3]`, at least one. */
export function checkImages(name: string, { shape }: Tensor4D): void {
  if (shape.length !== 4 || shape[3] !== 3 || shape.includes(0))
    throw new RangeError(
      `${name}: images are [n, height, width, 3]; got [${(shape as number[]).join(", ")}]. Is the channel axis last?`,
    );
}
