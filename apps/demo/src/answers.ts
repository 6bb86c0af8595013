import { knn, retrieval, type Labelled } from "@nearfar/evaluation";
import type { Vectors } from "@nearfar/formats";
import type { Icon } from "./icon.ts";

/** Vectors of pictures and the icon of each row. */
export interface Drawn {
  readonly vectors: Vectors;
  readonly icons: readonly Icon[];
}

/** What a representation knows of pictures never seen, as shares from 0 to 1. */
export interface Answers {
  readonly foundAgain1: number;
  readonly foundAgain5: number;
  /** k-NN (k 20) by emoji group, among the pictures that were trained on. */
  readonly group: number;
  /** How often the nearest fluent emoji of a noto emoji shows the same concept, of those that both styles draw. */
  readonly otherStyle: number;
}

/** Asks the demo's questions: `changed` row i is a changed view of `unseen` row i. */
export function answers(seen: Drawn, unseen: Drawn, changed: Vectors): Answers {
  const own = Int32Array.from({ length: changed.rows }, (_, i) => i);
  const found = retrieval(changed, unseen.vectors, own, { ks: [1, 5] });
  return {
    foundAgain1: found["recall@1"]!,
    foundAgain5: found["recall@5"]!,
    group: knn(grouped(seen), grouped(unseen), { k: 20, classes: GROUPS }),
    otherStyle: otherStyle(unseen),
  };
}

/** The emoji, with their group as class; icons have none. */
function grouped({ vectors, icons }: Drawn): Labelled {
  const rows = [...icons.keys()].filter((row) => icons[row]!.group !== undefined);
  return { ...pick(vectors, rows), labels: Int32Array.from(rows, (row) => icons[row]!.group!) };
}

/** Emojibase numbers its groups from 0 to 9. */
const GROUPS = 10;

function otherStyle({ vectors, icons }: Drawn): number {
  const rowsOf = (style: Icon["style"]) => [...icons.keys()].filter((row) => icons[row]!.style === style);
  const gallery = rowsOf("fluent");
  const place = new Map(gallery.map((row, i) => [icons[row]!.concept, i]));
  const queries = rowsOf("noto").filter((row) => place.has(icons[row]!.concept));
  const right = Int32Array.from(queries, (row) => place.get(icons[row]!.concept)!);
  return retrieval(pick(vectors, queries), pick(vectors, gallery), right, { ks: [1] })["recall@1"]!;
}

function pick({ dimensions, data }: Vectors, rows: readonly number[]): Vectors {
  const picked = new Float32Array(rows.length * dimensions);
  rows.forEach((row, i) => picked.set(data.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions));
  return { rows: rows.length, dimensions, data: picked };
}
