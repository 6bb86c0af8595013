import { readSync } from "node:fs";
import { openForReading, UserError, type Vectors } from "@nearfar/formats";
import { indexBlocks } from "./indexBlocks.ts";
import { indexIds } from "./indexIds.ts";
import { oneAtATime } from "./oneAtATime.ts";
import { parseIndexHeader } from "./parseIndexHeader.ts";
import { readInto } from "./readInto.ts";
import { searchRows, type SearchOptions } from "./searchRows.ts";
import type { VectorIndex } from "./flatIndex.ts";
import type { IndexLayout } from "./indexLayout.ts";

export interface OpenIndexOptions {
  /** What is scanned stays in memory where it takes at most this many bytes; a larger index is read anew by each search. */
  cacheBytes?: number;
}

/** An index in a file. */
export interface IndexFile extends VectorIndex {
  /** The ids of rows, as `search` gives them; "" for row -1. */
  ids(rows: Int32Array | readonly number[]): Promise<string[]>;
  /** A row as it was given; RangeError for one that there is not. */
  vector(row: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Opens an index that `writeIndex` wrote: reads its first 4,096 bytes, whatever its size.
 *
 * The first search reads what is scanned (n d numbers of the dtype) and keeps it, or reads it in blocks of 64 MiB, one while the other is
 * scanned. The vectors of the best and the ids of the hits are read one by one. UserError for a file that is no whole index.
 */
export async function openIndex(path: string, { cacheBytes = 2 ** 32 }: OpenIndexOptions = {}): Promise<IndexFile> {
  const handle = await openForReading(path);
  let layout: IndexLayout;
  try {
    const { size } = await handle.stat();
    const header = new Uint8Array(Math.min(size, 4096));
    await readInto(handle, header, { at: 0, path });
    layout = parseIndexHeader(header, size, path);
  } catch (error) {
    await handle.close();
    throw error;
  }
  const { dtype, rows, dimensions } = layout;
  const blocks = indexBlocks(handle, layout, { cacheBytes, path });
  const row = async (index: number): Promise<Float32Array> => {
    if (!Number.isInteger(index) || index < 0 || index >= rows)
      throw new RangeError(`vector: a row is a whole number below ${rows}; got ${index}.`);
    const vector = new Float32Array(dimensions);
    // Not by a promise: what the system holds in memory comes in microseconds, and through the pool of threads in some thirty.
    const at = layout.vectors.at + index * vector.byteLength;
    if (readSync(handle.fd, vector, 0, vector.byteLength, at) !== vector.byteLength)
      throw new UserError(`${path}: the file became shorter while it was read`);
    if (!vector.every(Number.isFinite)) throw new UserError(`${path}: row ${index} has a number that is not finite.`);
    return vector;
  };
  const search = oneAtATime((queries: Vectors, k: number, options?: SearchOptions) =>
    searchRows({ dtype, rows, dimensions, row, blocks }, queries, k, options),
  );
  return {
    ...{ dtype, rows, dimensions, search },
    ids: (wanted) => indexIds(handle, layout, wanted, path),
    vector: row,
    close: () => handle.close(),
  };
}
