import type { Vectors } from "@nearfar/formats";

/** Vectors of nested lists, as golden values are written. */
export function matrix(rows: readonly (readonly number[])[]): Vectors {
  return { rows: rows.length, dimensions: rows[0]!.length, data: Float32Array.from(rows.flat()) };
}
