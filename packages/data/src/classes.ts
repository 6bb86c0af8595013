import type { ImageItem } from "./imageSet.ts";

/** The names of the classes of items, each once, sorted by code unit (the same order in every locale). */
export function classes(items: readonly ImageItem[]): string[] {
  return [...new Set(items.flatMap(({ label }) => (label === undefined ? [] : [label])))].sort();
}
