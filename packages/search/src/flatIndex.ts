import { block } from "./block.ts";
import { blockRows } from "./blockRows.ts";
import { checkVectors } from "./checkVectors.ts";
import { encodeRow } from "./encodeRow.ts";
import { limits } from "./limits.ts";
import { oneAtATime } from "./oneAtATime.ts";
import { searchRows, type SearchOptions } from "./searchRows.ts";
import type { Vectors } from "@nearfar/formats";
import type { Neighbours } from "./nearest.ts";
import type { RowBlock } from "./rowSource.ts";
import type { VectorDtype } from "./vectorDtype.ts";

export interface FlatIndexOptions {
  dtype?: VectorDtype;
}

/** Rows that can be searched. */
export interface VectorIndex {
  readonly dtype: VectorDtype;
  readonly rows: number;
  readonly dimensions: number;
  /**
   * The k rows with the largest cosine to each query, nearest first; of equal ones, those that stand first. A row of zeros has cosine 0 to
   * all. Where fewer than k rows pass the filter, the rest are row -1 with score -Infinity.
   *
   * UserError for queries of other dimensions and for a k above the rows or 10,000; RangeError for malformed queries.
   */
  search(queries: Vectors, k: number, options?: SearchOptions): Promise<Neighbours>;
}

/**
 * An index in memory that compares every row with every query, `[m, d]`, on all threads in WebAssembly SIMD.
 *
 * float32 is exact; int8 and binary scan a fourth and a 32nd of the memory and then compute the cosines of the `oversample * k` best in
 * full. The vectors are kept for that, not copied: do not change them. RangeError for malformed vectors.
 */
export function flatIndex(vectors: Vectors, { dtype = "float32" }: FlatIndexOptions = {}): VectorIndex {
  checkVectors("flatIndex", vectors);
  const { rows, dimensions, data } = vectors;
  if (dimensions > limits.dimensions)
    throw new RangeError(`flatIndex: vectors have at most ${limits.dimensions} numbers; got ${dimensions}.`);
  const row = (index: number) => data.subarray(index * dimensions, (index + 1) * dimensions);
  const size = blockRows(dtype, dimensions, 2 ** 30);
  const blocks: RowBlock[] = [];
  for (let first = 0; first < rows; first += size) {
    const count = Math.min(size, rows - first);
    const part = block(dtype, dimensions, count);
    for (let i = 0; i < count; i++)
      part.scales[i] = encodeRow(dtype, row(first + i), part.codes.subarray(i * part.stride, (i + 1) * part.stride));
    blocks.push({ block: part, first, rows: count });
  }
  const search = oneAtATime((queries: Vectors, k: number, options?: SearchOptions) =>
    searchRows({ dtype, rows, dimensions, row, blocks: () => blocks }, queries, k, options),
  );
  return { dtype, rows, dimensions, search };
}
