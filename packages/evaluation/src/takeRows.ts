import type { Vectors } from "@nearfar/formats";

/** The given rows of a matrix, in the given order. */
export function takeRows({ dimensions: d, data }: Vectors, rows: ArrayLike<number>): Vectors {
  const taken = new Float32Array(rows.length * d);
  for (let i = 0; i < rows.length; i++) taken.set(data.subarray(rows[i]! * d, (rows[i]! + 1) * d), i * d);
  return { rows: rows.length, dimensions: d, data: taken };
}
