import type { Vectors } from "@nearfar/formats";
import { uniformity } from "@nearfar/losses";
import { tf } from "@nearfar/tensor";

/** The uniformity of embeddings as a number. Throws RangeError, in the name of the caller, for more rows than all pairs fit in memory for. */
export function uniformityOf(name: string, { rows, dimensions, data }: Vectors): number {
  if (rows > LIMIT)
    throw new RangeError(
      `${name}: all pairs of at most ${LIMIT} rows are compared; got ${rows}. Pass a sample of the rows.`,
    );
  return tf.tidy(() => uniformity(tf.tensor2d(data, [rows, dimensions])).dataSync()[0]!);
}

const LIMIT = 16_384; // a gigabyte of distances
