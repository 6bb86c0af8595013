import type { ImageSource } from "./imageSource.ts";

/** One picture of a set: its path inside the folder or archive, with forward slashes, and its class when the set has classes. */
export interface ImageItem {
  readonly path: string;
  readonly label?: string;
}

/** Pictures in a fixed order: `items[i]` is read by `readSource(source, i)`. */
export interface ImageSet {
  readonly name: string;
  readonly items: readonly ImageItem[];
  /** The names of the classes, sorted; empty when the pictures have none. */
  readonly labels: readonly string[];
  readonly source: ImageSource;
}
