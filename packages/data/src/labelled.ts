import { classes } from "./classes.ts";
import type { ImageItem } from "./imageSet.ts";

/**
 * Items and their classes: the first folder of each `below[i]` (a path below the set's own folder) is the label of `paths[i]`.
 *
 * A picture that lies in no folder makes the whole set unlabelled.
 */
export function labelled(
  paths: readonly string[],
  below: readonly string[] = paths,
): { items: readonly ImageItem[]; labels: readonly string[] } {
  const flat = below.some((path) => !path.includes("/"));
  const items = paths.map((path, i) => (flat ? { path } : { path, label: below[i]!.slice(0, below[i]!.indexOf("/")) }));
  return { items, labels: classes(items) };
}
