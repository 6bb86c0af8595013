import type { VectorRow } from "@nearfar/formats";

/** A plain value beside a vector, to filter by. */
export type Field = string | number | boolean;

/** A row as a store keeps it. */
export interface StoreRow extends VectorRow {
  readonly fields?: Readonly<Record<string, Field>>;
}

export interface StoreSearch {
  /** Only rows whose fields are these: one value, or any of several. A row without the field is not one of them. */
  readonly where?: Readonly<Record<string, Field | readonly Field[]>>;
}

/** Where vectors are kept under ids and found again by cosine. */
export interface VectorStore {
  /** Adds rows, each in the place of one of the same id, and returns how many came. UserError for another width, or numbers not finite. */
  add(rows: AsyncIterable<StoreRow> | Iterable<StoreRow>): Promise<number>;
  /** Takes rows out, and returns how many were there. */
  remove(ids: readonly string[]): Promise<number>;
  /** The k nearest, nearest first; all where there are fewer. UserError for another width than the rows', and a k below 1. */
  search(vector: Float32Array, k: number, options?: StoreSearch): Promise<StoreHit[]>;
  count(): Promise<number>;
  close(): Promise<void>;
}

/** What a store finds; the score is the cosine. */
export interface StoreHit {
  readonly id: string;
  readonly score: number;
  readonly fields?: Readonly<Record<string, Field>>;
}
