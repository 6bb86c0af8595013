import type { Vectors } from "@nearfar/formats";
import { nearest } from "@nearfar/search";

/** What queries find in a gallery whose row i is the right answer to query i. */
export interface Answers {
  /** Of each query whether its own row is among the k nearest. */
  readonly hits: readonly boolean[];
  /** The k nearest rows of each query, one list after the other. */
  readonly found: Int32Array;
}

/** The k nearest rows of each query by cosine, and whether its own is among them. */
export function answers(queries: Vectors, gallery: Vectors, k: number): Answers {
  const { indices: found } = nearest(queries, gallery, k);
  const own = (i: number) => found.subarray(i * k, (i + 1) * k).includes(i);
  return { found, hits: Array.from({ length: queries.rows }, (_, i) => own(i)) };
}
