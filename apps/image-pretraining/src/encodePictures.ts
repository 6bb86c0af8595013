import { pool, prefetch, unreadable, type ImageSet, type UnreadableItem } from "@nearfar/data";
import type { Encoder } from "@nearfar/encoders";
import type { Vectors } from "@nearfar/formats";
import { tf, type Params } from "@nearfar/tensor";
import type { Rows } from "./pictureTasks.ts";
import { tasks } from "./tasks.ts";

/** Vectors of the pictures that could be read: row i is of picture `indices[i]`. */
export interface Encoded extends Vectors {
  readonly indices: Int32Array;
  readonly unreadable: readonly UnreadableItem[];
}

/**
 * Vectors of whole pictures, `[n, d]`, in evaluation mode: by an encoder with its weights, or by the pixels alone.
 *
 * Throws UserError when more than 10 % of the pictures cannot be read.
 */
export async function encodePictures(
  set: ImageSet,
  network: Network | "pixels",
  { size, workers }: { size: number; workers: number },
): Promise<Encoded> {
  const wholes = pool<{ indices: Uint32Array }, Rows>({
    module: tasks,
    name: "wholes",
    options: { source: set.source, size },
    workers,
  });
  const count = unreadable(set.items.length);
  const parts: Float32Array[] = [];
  const indices: number[] = [];
  let begin = 0;
  try {
    for await (const { data, failures } of prefetch(wholes, chunks(set.items.length), {
      ahead: 2 * Math.max(1, workers),
    })) {
      const rows = data.length / (size * size * 3);
      const failed = new Map(failures.map(({ index, reason }) => [index, reason]));
      count.record(
        rows,
        [...failed].map(([index, reason]) => ({ path: set.items[index]!.path, reason })),
      );
      const vectors = network === "pixels" ? data : encode(network, data, size);
      const width = vectors.length / rows;
      for (let row = 0; row < rows; row++)
        if (!failed.has(begin + row)) {
          parts.push(vectors.subarray(row * width, (row + 1) * width));
          indices.push(begin + row);
        }
      begin += rows;
    }
  } finally {
    await wholes.close();
  }
  return { ...join(parts), indices: Int32Array.from(indices), unreadable: count.report().unreadable };
}

export interface Network {
  readonly encoder: Encoder;
  readonly params: Params;
}

function encode({ encoder, params }: Network, data: Float32Array, size: number): Float32Array {
  return tf.tidy(() => {
    const pictures = tf.tensor4d(data, [data.length / (size * size * 3), size, size, 3]);
    return encoder.apply(params, pictures, { training: false }).dataSync<"float32">();
  });
}

function join(parts: readonly Float32Array[]): Vectors {
  const dimensions = parts[0]?.length ?? 0;
  const data = new Float32Array(parts.length * dimensions);
  for (const [row, part] of parts.entries()) data.set(part, row * dimensions);
  return { rows: parts.length, dimensions, data };
}

function* chunks(length: number, size = 256): Generator<{ indices: Uint32Array }> {
  for (let begin = 0; begin < length; begin += size)
    yield { indices: Uint32Array.from({ length: Math.min(size, length - begin) }, (_, i) => begin + i) };
}
