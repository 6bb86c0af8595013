import type { DamageKind } from "./damages.ts";
import type { ImageSource } from "./imageSource.ts";

/** A picture with its captions, one or more. */
export interface PairItem {
  /** Of the picture: inside the folder or archive, with forward slashes; of an icon its set and name. */
  readonly path: string;
  readonly captions: readonly string[];
  /** What is pictured, where several pictures show the same: they are no negatives of each other. */
  readonly concept?: string;
}

/** Pictures with captions in a fixed order, held in memory but for the pictures' bytes: `items[i]` is read by `readSource(source, i)`. */
export interface PairSet<Item extends PairItem = PairItem> {
  readonly name: string;
  /** What was read, and what was left out and why, in a line or a few, to print before training. */
  readonly description: string;
  readonly items: readonly Item[];
  readonly source: ImageSource;
  /** The files that were read, for a fingerprint. */
  readonly files: readonly string[];
  /** Samples that were passed over, by kind. */
  readonly damaged: Readonly<Partial<Record<DamageKind, number>>>;
}
