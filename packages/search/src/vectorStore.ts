import type { VectorRow } from "@nearfar/formats";

/** Where vectors are kept under ids and found again by cosine. */
export interface VectorStore {
  /** Adds rows, each in the place of one of the same id, and returns how many came. UserError for another width, or numbers not finite. */
  add(rows: AsyncIterable<VectorRow> | Iterable<VectorRow>): Promise<number>;
  /** The k nearest, nearest first; all where there are fewer. UserError for another width than the rows', and a k below 1. */
  search(vector: Float32Array, k: number): Promise<StoreHit[]>;
  count(): Promise<number>;
  close(): Promise<void>;
}

/** What a store finds; the score is the cosine. */
export interface StoreHit {
  readonly id: string;
  readonly score: number;
}
