import type { PairSet } from "@nearfar/data";

/** A set whose captions are tags: all of a picture make one text. */
export function withJoinedCaptions(set: PairSet): PairSet {
  return { ...set, items: set.items.map((item) => ({ ...item, captions: [item.captions.join(", ")] })) };
}
