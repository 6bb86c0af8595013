import { block } from "./block.ts";
import { blockRows } from "./blockRows.ts";
import { loadBlock } from "./loadBlock.ts";
import type { FileHandle } from "node:fs/promises";
import type { IndexLayout } from "./indexLayout.ts";
import type { RowBlock } from "./rowSource.ts";

export interface IndexBlocksOptions {
  /** Blocks stay in memory where they take no more than this; otherwise two take turns that do, of at most 64 MiB each. */
  cacheBytes: number;
  path: string;
}

/** The blocks of an index file, as often as they are asked for; the next is read while one is in use. */
export function indexBlocks(
  handle: FileHandle,
  layout: IndexLayout,
  { cacheBytes, path }: IndexBlocksOptions,
): () => AsyncIterable<RowBlock> {
  const { dtype, dimensions, rows } = layout;
  const keep = rows <= blockRows(dtype, dimensions, cacheBytes);
  const size = Math.min(rows, blockRows(dtype, dimensions, keep ? 2 ** 30 : Math.min(2 ** 26, cacheBytes / 2)));
  const kept: Promise<RowBlock>[] = [];
  const turns: RowBlock["block"][] = [];
  const load = async (index: number): Promise<RowBlock> => {
    const first = index * size;
    const range = { first, rows: Math.min(size, rows - first) };
    const into = keep ? block(dtype, dimensions, range.rows) : (turns[index % 2] ??= block(dtype, dimensions, size));
    await loadBlock(handle, layout, into, { ...range, path });
    return { block: into, ...range };
  };
  const get = (index: number): Promise<RowBlock> => {
    const loading = kept[index] ?? load(index);
    if (keep) kept[index] = loading;
    loading.catch(() => delete kept[index]); // told where it is awaited, and tried again by the next search
    return loading;
  };
  return async function* () {
    let next = get(0);
    for (let index = 0; index * size < rows; index++) {
      const current = await next;
      if ((index + 1) * size < rows) next = get(index + 1);
      yield current;
    }
  };
}
