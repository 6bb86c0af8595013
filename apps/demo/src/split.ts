import { key, permutation } from "@nearfar/random";
import type { Icon } from "./icon.ts";

/** Four fifths of the concepts to train on, one fifth to ask about: never a concept on both sides. */
export function split(icons: readonly Icon[]): { seen: number[]; unseen: number[] } {
  const concepts = [...new Set(icons.map(({ concept }) => concept))].sort();
  const order = permutation(key(0).fold("split"), concepts.length);
  const kept = new Set([...order.subarray(0, Math.floor(concepts.length / 5))].map((i) => concepts[i]!));
  const all = [...icons.keys()];
  return {
    seen: all.filter((i) => !kept.has(icons[i]!.concept)),
    unseen: all.filter((i) => kept.has(icons[i]!.concept)),
  };
}
