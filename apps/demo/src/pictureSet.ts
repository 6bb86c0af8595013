import type { ImageItem, ImageSet } from "@nearfar/data";
import { side } from "./side.ts";

/** Drawn pictures as a set that the library reads like any folder: decoded already, in memory that worker threads share. */
export function pictureSet(name: string, items: readonly ImageItem[], pictures: readonly Uint8Array[]): ImageSet {
  const length = side * side * 3;
  const buffer = new SharedArrayBuffer(pictures.length * length);
  for (const [row, picture] of pictures.entries()) new Uint8Array(buffer).set(picture, row * length);
  const sides = new Uint32Array(pictures.length).fill(side);
  const offsets = Float64Array.from({ length: pictures.length + 1 }, (_, i) => i * length);
  return { name, items, labels: [], source: { kind: "pixels", buffer, offsets, widths: sides, heights: sides } };
}
