import { readSource, type PairSet } from "@nearfar/data";
import type { Image } from "@nearfar/formats";
import { simclrViews } from "@nearfar/image-augmentation";
import { key } from "@nearfar/random";
import { side } from "./side.ts";

/** One changed view of each drawn picture, always the same: crop .4 to 1, flip, colour jitter, grayscale. */
export async function changedPictures(set: PairSet): Promise<PairSet> {
  const change = simclrViews({ size: side, scale: [0.4, 1], strength: 0.5, blur: 0, views: 1 });
  const root = key(1).fold("changed");
  const length = side * side * 3;
  const buffer = new SharedArrayBuffer(set.items.length * length);
  for (const i of set.items.keys())
    new Uint8Array(buffer).set(change(root.fold(i), (await readSource(set.source, i)) as Image)[0]!.data, i * length);
  const sides = new Uint32Array(set.items.length).fill(side);
  const offsets = Float64Array.from({ length: set.items.length + 1 }, (_, i) => i * length);
  return { ...set, source: { kind: "pixels", buffer, offsets, widths: sides, heights: sides } };
}
