import type { Block } from "./block.ts";
import type { VectorDtype } from "./vectorDtype.ts";

/** What is searched: rows in blocks, as their dtype holds them, and each row as it was given. */
export interface RowSource {
  readonly dtype: VectorDtype;
  readonly rows: number;
  readonly dimensions: number;
  /** All blocks in order, each valid until the next is asked for. */
  blocks(): AsyncIterable<RowBlock> | Iterable<RowBlock>;
  row(index: number): Float32Array | Promise<Float32Array>;
}

/** A block, and which rows it holds. */
export interface RowBlock {
  readonly block: Block;
  readonly first: number;
  readonly rows: number;
}
