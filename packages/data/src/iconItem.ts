import type { PairItem } from "./pairSet.ts";

/** An icon; its path is `set/name`, its captions its name in words and its tags. */
export interface IconItem extends PairItem {
  /** Its name without what tells variants apart (outline, filled, off, ...), of an emoji its label. */
  readonly concept: string;
  /** The first word of its name, of an emoji its label up to a colon: what a harder split holds out as a whole. */
  readonly family: string;
}
