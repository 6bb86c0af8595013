import { simclrViews } from "@nearfar/image-augmentation";
import { key } from "@nearfar/random";
import { side } from "./side.ts";

/** One changed view of each picture, the same for every encoder: crop .4 to 1, flip, colour jitter, grayscale. */
export function changedPictures(pictures: readonly Uint8Array[]): Uint8Array[] {
  const change = simclrViews({ size: side, scale: [0.4, 1], strength: 0.5, blur: 0, views: 1 });
  const root = key(1).fold("changed");
  return pictures.map((data, i) => change(root.fold(i), { width: side, height: side, data })[0]!.data);
}
