import { pool, prefetch, unreadable, type PairSet, type UnreadableItem } from "@nearfar/data";
import type { ImageModel } from "@nearfar/encoders";
import type { Vectors } from "@nearfar/formats";
import type { Pictures, Rows } from "./pairTasks.ts";
import { tasks } from "./tasks.ts";

/** Vectors of the pictures that could be read: row i is of picture `indices[i]`. */
export interface EncodedPictures extends Vectors {
  readonly indices: Int32Array;
  readonly unreadable: readonly UnreadableItem[];
}

/** Vectors of the whole pictures of a set, `[n, d]`. Throws UserError when more than 10 % of them cannot be read. */
export async function encodePictures(
  { items, source }: Pick<PairSet, "items" | "source">,
  { encode, preprocessing, dimensions }: Pick<ImageModel, "encode" | "preprocessing" | "dimensions">,
  { workers = 0 }: { workers?: number } = {},
): Promise<EncodedPictures> {
  const wholes = pool<Pictures, Rows>({ module: tasks, name: "wholes", options: { source, preprocessing }, workers });
  const count = unreadable(items.length);
  const data = new Float32Array(items.length * dimensions);
  const indices: number[] = [];
  let begin = 0;
  try {
    for await (const { data: pixels, failures } of prefetch(wholes, chunks(items.length), {
      ahead: 2 * Math.max(1, workers),
    })) {
      // prettier-ignore
      const failed = new Map(failures.map(({ index, reason }) => [index, reason]));
      const vectors = await encode(pixels);
      count.record(
        vectors.rows,
        [...failed].map(([index, reason]) => ({ path: items[index]!.path, reason })),
      );
      for (let row = 0; row < vectors.rows; row++) {
        if (failed.has(begin + row)) continue;
        data.set(vectors.data.subarray(row * dimensions, (row + 1) * dimensions), indices.length * dimensions);
        indices.push(begin + row);
      }
      begin += vectors.rows;
    }
  } finally {
    await wholes.close();
  }
  return {
    rows: indices.length,
    dimensions,
    data: data.subarray(0, indices.length * dimensions),
    indices: Int32Array.from(indices),
    unreadable: count.report().unreadable,
  };
}

function* chunks(length: number, size = 128): Generator<{ indices: Uint32Array }> {
  for (let begin = 0; begin < length; begin += size)
    yield { indices: Uint32Array.from({ length: Math.min(size, length - begin) }, (_, i) => begin + i) };
}
