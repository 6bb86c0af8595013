import { packTokens } from "@nearfar/encoders";
import type { Vectors } from "@nearfar/formats";
import type { PairBatch } from "@nearfar/methods";
import type { Key } from "@nearfar/random";
import { tf, type Tensor2D, type Tensor4D } from "@nearfar/tensor";
import type { CaptionReader } from "./captionReader.ts";
import type { DrawnPairs } from "./drawnPairs.ts";

export interface BatchOfPairsOptions {
  readonly size: number;
  readonly reader: CaptionReader;
  readonly wrap: (ids: Int32Array) => Int32Array;
  /** What locked towers made of all pictures, or of all captions. */
  readonly locked: { readonly images?: Vectors | undefined; readonly texts?: Vectors | undefined };
}

/** One step's pairs as the method's batch, on the engine; what is random in it comes from `key`. */
export function batchOfPairs(
  key: Key,
  { images, pairs, items, captions }: DrawnPairs,
  { size, reader, wrap, locked }: BatchOfPairsOptions,
): PairBatch<object, object> {
  const pixels = (data: Float32Array) =>
    tf.tensor4d(data, [data.length / (size * size * 3), size, size, 3]) as Tensor4D;
  const texts = captions.flat();
  return {
    images: locked.images ? rowsOf(locked.images, items!) : pixels(images!),
    texts: locked.texts
      ? rowsOf(locked.texts, texts.map(({ number }) => number!)) // prettier-ignore
      : packTokens(texts.map(({ tokens }, i) => wrap(reader.view(key.fold(i), tokens!)))),
    ...(pairs && { views: pixels(pairs) }),
  };
}

function rowsOf({ dimensions, data }: Vectors, rows: ArrayLike<number>): Tensor2D {
  const taken = new Float32Array(rows.length * dimensions);
  for (let i = 0; i < rows.length; i++)
    taken.set(data.subarray(rows[i]! * dimensions, (rows[i]! + 1) * dimensions), i * dimensions);
  return tf.tensor2d(taken, [rows.length, dimensions]);
}
