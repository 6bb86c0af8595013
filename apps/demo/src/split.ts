import type { IconItem } from "@nearfar/data";
import { key, permutation } from "@nearfar/random";

/** Rows of a set: what is trained on, and what is asked about. */
export interface Split {
  readonly seen: readonly number[];
  /** One picture of each concept that was never seen, though others of its family were. */
  readonly concepts: readonly number[];
  /** One picture of each concept of families that were never seen. */
  readonly families: readonly number[];
}

type Item = Pick<IconItem, "concept" | "family">;

/**
 * A tenth of the families are held out whole, and of the others a tenth of the concepts; of both at most `most` pictures are asked for, in random order.
 *
 * A family is the first word of a name, the same for icons and emoji: "cat face" and "cat" are one.
 */
export function split(items: readonly Item[], { most = 1000, share = 0.1 } = {}): Split {
  const own = key(0).fold("split");
  const rows = [...items.keys()];
  const order = Array.from(permutation(own.fold("asked"), items.length));
  const isHeldFamily = heldOut("families", items.map(familyOf));
  const isHeldConcept = heldOut("concepts", items.filter((item) => !isHeldFamily(familyOf(item))).map(conceptOf));
  const ofFamily = (row: number) => isHeldFamily(familyOf(items[row]!));
  const ofConcept = (row: number) => !ofFamily(row) && isHeldConcept(conceptOf(items[row]!));
  return {
    seen: rows.filter((row) => !ofFamily(row) && !ofConcept(row)),
    concepts: oneEach(order.filter(ofConcept)),
    families: oneEach(order.filter(ofFamily)),
  };

  function heldOut(name: string, all: readonly string[]): (group: string) => boolean {
    const groups = [...new Set(all)].sort();
    const count = Math.ceil(share * groups.length);
    const held = new Set(Array.from(permutation(own.fold(name), groups.length).subarray(0, count), (i) => groups[i]!));
    return (group) => held.has(group);
  }

  function oneEach(candidates: readonly number[]): number[] {
    const known = new Map<string, number>();
    for (const row of candidates) {
      const concept = conceptOf(items[row]!);
      if (!known.has(concept)) known.set(concept, row);
    }
    return [...known.values()].slice(0, most);
  }
}

/** An icon's concept is a name with hyphens, an emoji's a label with spaces. */
const conceptOf = ({ concept }: Item): string => concept.toLowerCase().replaceAll("-", " ");
const familyOf = ({ family }: Item): string => family.toLowerCase().split(/[^\p{L}\p{N}]+/u, 1)[0]!;
